/** Holds the application back until its runtime configuration is there. */
import { useQuery, type QueryState } from '@tanstack/react-query'
import { useEffect, useState, type ReactNode } from 'react'
import { ApiError } from '@/shared/api/errors'
import { loadRuntimeConfig } from './load-runtime-config'
import { MaintenanceScreen } from './maintenance-screen'
import { RetryScreen } from './retry-screen'
import { RuntimeConfigContext } from './runtime-config-context'

/** A first answer takes milliseconds: until then an empty page is calmer than a screen that flashes. */
const PATIENCE_MS = 400
const LONGEST_WAIT_MS = 15_000
const MAINTENANCE_PAUSE_MS = 30_000

export function RuntimeConfigGate({ children }: { readonly children: ReactNode }) {
  const { data, error, isFetching, errorUpdateCount, errorUpdatedAt, refetch } = useQuery({
    queryKey: ['runtime-config'],
    queryFn: ({ signal }) => loadRuntimeConfig(signal),
    staleTime: Infinity,
    gcTime: Infinity,
    retry: false,
    refetchInterval: ({ state }) =>
      state.data ? state.data.features.maintenance && MAINTENANCE_PAUSE_MS : waitFor(state),
    refetchIntervalInBackground: true,
    refetchOnReconnect: (query) => query.state.data === undefined,
    networkMode: 'always',
  })
  const slow = useAfter(PATIENCE_MS)

  if (data?.features.maintenance) return <MaintenanceScreen config={data} />
  if (data) return <RuntimeConfigContext value={data}>{children}</RuntimeConfigContext>
  if (!error && !slow) return null
  const retryAt = errorUpdatedAt + waitFor({ error, errorUpdateCount })
  return (
    <RetryScreen
      error={error}
      retryAt={isFetching ? undefined : retryAt}
      onRetry={() => void refetch()}
    />
  )
}

/** Whoever mends a file looks at this page while saving it. */
function waitFor({ error, errorUpdateCount }: Pick<QueryState, 'error' | 'errorUpdateCount'>) {
  const crashed = error instanceof ApiError && error.problem?.crash
  return crashed ? 1000 : waitAfter(errorUpdateCount)
}

/** 1, 2, 4, 8, then every 15 seconds: quick while the stack starts, calm when it is really away. */
export function waitAfter(failures: number): number {
  return failures === 0 ? LONGEST_WAIT_MS : Math.min(1000 * 2 ** (failures - 1), LONGEST_WAIT_MS)
}

function useAfter(ms: number): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setOver(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return over
}
