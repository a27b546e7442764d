import { RouterProvider } from 'react-router/dom'
import { RuntimeConfigGate } from '@/features/runtime-config/runtime-config-gate'
import { router } from './router'

export function App() {
  return (
    <RuntimeConfigGate>
      <RouterProvider router={router} />
    </RuntimeConfigGate>
  )
}
