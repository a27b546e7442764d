/** The application at an address, as a browser would open it; `routes` adds to it or replaces it. */
import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router'
import { createQueryClient } from '@/shared/api/query-client'
import { routes as allRoutes } from '@/app/routes'
import { RuntimeConfigGate } from '@/features/runtime-config/runtime-config-gate'

export function renderApp(address: string, routes: RouteObject[] = allRoutes) {
  const router = createMemoryRouter(routes, { initialEntries: [address] })
  const view = render(
    <QueryClientProvider client={createQueryClient()}>
      <RuntimeConfigGate>
        <RouterProvider router={router} />
      </RuntimeConfigGate>
    </QueryClientProvider>,
  )
  return { ...view, router }
}
