/** Watches the stack while somebody looks at the page: told by a feature where one can tell, by asking where not. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { features } from '@/features'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { onHotReload } from '@/shared/hot-reload'
import { measureHealth, measurePage, measureProxy, readHealth, type HealthReading } from './measure'
import { assemble, type Answer, type Stack } from './stack'

const HEALTH = ['stack', 'health']
const PAGE = ['stack', 'page']
const PROXY = ['stack', 'proxy']
const healthSource = features.find((feature) => feature.healthSource)?.healthSource

export interface StackHealth {
  readonly stack: Stack
  /** Whether reports come by themselves, or by asking. */
  readonly live: boolean
  readonly updatedAt: number
}

export function useStackHealth(): StackHealth {
  const { apiBaseUrl, features: switches } = useRuntimeConfig()
  const live = useLiveReports()
  useForgetWhileHidden()
  const health = useAnswer<HealthReading>(HEALTH, {
    measure: (signal, previous) => measureHealth(`${apiBaseUrl}/health/`, signal, previous),
    pauseMs: 5000,
    enabled: !live,
  })
  // While reports come by themselves, the way that they come is well: nobody asks it again and again.
  const page = useAnswer(PAGE, { measure: measurePage, pauseMs: live ? false : 30_000 })
  const proxy = useAnswer(PROXY, {
    measure: measureProxy,
    // Is it the proxy, where what is behind it does not answer?
    pauseMs: page.error || health.error ? UNWELL_PAUSE_MS : live ? false : 30_000,
    enabled: page.reading?.behindProxy === true,
  })
  useAskOnDisconnect()
  const isOff = (id: string) => switches.others[id] === false
  return { stack: assemble({ page, proxy, health, isOff }), live, updatedAt: health.at ?? 0 }
}

/** Listens to the feature that tells, if there is one. What it says is kept where an answer would be. */
function useLiveReports(): boolean {
  const client = useQueryClient()
  const [live, setLive] = useState(false)
  useEffect(
    () =>
      healthSource?.listen({
        onLive: setLive,
        onReport: (report) => {
          client.setQueryData<Answer<HealthReading>>(HEALTH, (previous) => ({
            reading: readHealth(report, previous?.reading),
            at: Date.now(),
          }))
        },
      }),
    [client],
  )
  return live
}

/** Seen again after this long, the page does not show what it knew then as if it were so now. */
const STALE_MS = 60_000

function useForgetWhileHidden(): void {
  const client = useQueryClient()
  useEffect(() => {
    let hiddenAt = Infinity
    const follow = () => {
      if (document.visibilityState === 'hidden') hiddenAt = Date.now()
      else if (Date.now() - hiddenAt > STALE_MS) void client.resetQueries({ queryKey: ['stack'] })
    }
    document.addEventListener('visibilitychange', follow)
    return () => document.removeEventListener('visibilitychange', follow)
  }, [client])
}

/** The socket of hot reload is the first to know that the frontend's server is away. Only in development is there one. */
function useAskOnDisconnect(): void {
  const client = useQueryClient()
  useEffect(() => {
    const ask = () => void client.invalidateQueries({ queryKey: PAGE })
    return onHotReload('vite:ws:disconnect', ask)
  }, [client])
}

interface Watch<T> {
  readonly measure: (signal: AbortSignal, previous?: T) => Promise<T>
  /** Between two questions while all is well. */
  readonly pauseMs: number | false
  readonly enabled?: boolean
}

const UNWELL_PAUSE_MS = 2000

/** A failure is an answer too. A tab that nobody sees does not ask, and asks at once when it is seen. */
function useAnswer<T>(
  queryKey: readonly string[],
  { measure, pauseMs, enabled = true }: Watch<T>,
): Answer<T> {
  const { data = {} } = useQuery<Answer<T>>({
    queryKey,
    queryFn: async ({ signal, client }) => {
      const previous = client.getQueryData<Answer<T>>(queryKey)?.reading
      try {
        return { reading: await measure(signal, previous), at: Date.now() }
      } catch (error) {
        signal.throwIfAborted()
        return { reading: previous, error: error as Error, at: Date.now() }
      }
    },
    enabled,
    refetchInterval: ({ state }) => (state.data?.error ? UNWELL_PAUSE_MS : pauseMs),
    staleTime: 0,
    refetchOnWindowFocus: pauseMs === false ? false : 'always',
    networkMode: 'always',
  })
  return data
}
