/** Shown instead of the application while FRONTEND_FEATURE_MAINTENANCE is on. */
import type { RuntimeConfig } from '@/shared/api/types'
import { Message } from '@/shared/ui/message'

export function MaintenanceScreen({ config }: { readonly config: RuntimeConfig }) {
  const { appName, supportEmail } = config
  return (
    <Message title="Back in a moment" documentTitle={`${appName} – maintenance`} eyebrow={appName}>
      <p role="status">Somebody is working on this application. This page goes on by itself.</p>
      {supportEmail && (
        <p>
          Questions? Write to <a href={`mailto:${supportEmail}`}>{supportEmail}</a>.
        </p>
      )}
    </Message>
  )
}
