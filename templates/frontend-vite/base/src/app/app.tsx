import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from 'react-router/dom'
import { RuntimeConfigGate } from '@/features/runtime-config/runtime-config-gate'
import { createQueryClient } from '@/shared/api/query-client'
import { router } from './router'

const queryClient = createQueryClient()

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <RuntimeConfigGate>
        <RouterProvider router={router} />
      </RuntimeConfigGate>
    </QueryClientProvider>
  )
}
