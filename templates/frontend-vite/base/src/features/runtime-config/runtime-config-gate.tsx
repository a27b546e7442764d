/** Holds the application back until its runtime configuration is there. */
import type { ReactNode } from 'react'
import { RetryScreen } from './retry-screen'
import { RuntimeConfigContext } from './runtime-config-context'
import { useConfigLoader } from './use-config-loader'

export function RuntimeConfigGate({ children }: { readonly children: ReactNode }) {
  const { loading, retry } = useConfigLoader()
  if (loading.phase === 'ready') {
    return <RuntimeConfigContext value={loading.config}>{children}</RuntimeConfigContext>
  }
  // The first attempt takes milliseconds: an empty page is calmer than a screen that flashes.
  if (loading.phase === 'loading' && loading.attempt === 1) return null
  return <RetryScreen loading={loading} onRetry={retry} />
}
