/** Measures the stack every few seconds while somebody looks at the page. */
import { useEffect, useState } from 'react'
import { useRuntimeConfig } from '@/features/runtime-config/runtime-config-context'
import { measureStack } from './measure-stack'
import { unmeasured, type Stack } from './stack'

const PAUSE_MS = 4000

export function useStackHealth(): Stack {
  const { apiBaseUrl } = useRuntimeConfig()
  const [stack, setStack] = useState(unmeasured)

  useEffect(() => {
    let stop: (() => void) | undefined
    const follow = () => {
      stop?.()
      stop = document.visibilityState === 'visible' ? poll(apiBaseUrl, setStack) : undefined
    }
    follow()
    document.addEventListener('visibilitychange', follow)
    return () => {
      document.removeEventListener('visibilitychange', follow)
      stop?.()
    }
  }, [apiBaseUrl])

  return stack
}

/** The pause begins when the answers are in, so a slow stack is not asked twice at a time. */
function poll(apiBaseUrl: string, onStack: (stack: Stack) => void): () => void {
  const controller = new AbortController()
  const { signal } = controller
  let timer: ReturnType<typeof setTimeout> | undefined
  let latest = unmeasured

  async function measure() {
    try {
      latest = await measureStack({ apiBaseUrl, signal }, latest)
    } catch (error) {
      if (signal.aborted) return
      throw error
    }
    if (signal.aborted) return
    onStack(latest)
    timer = setTimeout(measure, PAUSE_MS)
  }

  void measure()
  return () => {
    controller.abort()
    clearTimeout(timer)
  }
}
