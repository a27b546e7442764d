/** What visitors see at `/` in production, until there is an application to see. */
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { Message } from '@/shared/ui/message'

export function HomePage() {
  const { appName } = useRuntimeConfig()
  return (
    <Message title={appName}>
      <p>There is nothing to see here yet.</p>
    </Message>
  )
}
