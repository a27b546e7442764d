/** Loads the runtime configuration, again and again until it is there; says where it stands. */
import { useCallback, useEffect, useState } from 'react'
import type { RuntimeConfig } from '@/shared/api/types'
import { loadRuntimeConfig } from './load-runtime-config'

export type Loading =
  | { readonly phase: 'loading'; readonly attempt: number }
  | {
      readonly phase: 'waiting'
      readonly attempt: number
      readonly error: Error
      readonly retryAt: number
    }
  | { readonly phase: 'ready'; readonly config: RuntimeConfig }

const LONGEST_WAIT_MS = 15_000

/** 1, 2, 4, 8, then every 15 seconds: quick while the stack starts, calm when it is really away. */
export function waitBefore(attempt: number): number {
  return Math.min(1000 * 2 ** (attempt - 1), LONGEST_WAIT_MS)
}

export function useConfigLoader(): { loading: Loading; retry: () => void } {
  const [loading, setLoading] = useState<Loading>({ phase: 'loading', attempt: 1 })
  const retry = useCallback(() => setLoading(next), [])

  useEffect(() => {
    if (loading.phase === 'waiting') {
      const timer = setTimeout(retry, Math.max(0, loading.retryAt - Date.now()))
      window.addEventListener('online', retry)
      return () => {
        clearTimeout(timer)
        window.removeEventListener('online', retry)
      }
    }
    if (loading.phase === 'loading') {
      const controller = new AbortController()
      const { attempt } = loading
      loadRuntimeConfig(controller.signal).then(
        (config) => {
          if (!controller.signal.aborted) setLoading({ phase: 'ready', config })
        },
        (error: Error) => {
          if (controller.signal.aborted) return
          setLoading({
            phase: 'waiting',
            attempt,
            error,
            retryAt: Date.now() + waitBefore(attempt),
          })
        },
      )
      return () => controller.abort()
    }
    return undefined
  }, [loading, retry])

  return { loading, retry }
}

function next(loading: Loading): Loading {
  if (loading.phase !== 'waiting') return loading
  return { phase: 'loading', attempt: loading.attempt + 1 }
}
