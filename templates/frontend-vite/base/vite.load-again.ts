/** In development, a page whose code came only in part is loaded again, instead of staying empty. */
import type { Plugin } from 'vite'

/**
 * Chromium drops what it is loading (ERR_NETWORK_CHANGED) whenever the machine gets or loses a network interface, and each
 * container that starts or ends is one: a page opened right after `./docker-dev.sh restart` can lack a module, and runs none.
 */
export function loadAgain(): Plugin {
  return {
    name: 'load-again',
    apply: 'serve',
    transformIndexHtml: () => [
      { tag: 'script', children: `(${listen.toString()})()`, injectTo: 'head' },
    ],
  }
}

/** Runs in the page, before any module does: so nothing of this file may be used in it. */
function listen() {
  let noticed = false
  const onError = ({ target }: Event) => {
    if (noticed || !(target instanceof HTMLScriptElement)) return
    noticed = true
    // What Vite answered with an error is the code's own fault, and Vite's overlay shows it.
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    if (entries.some((entry) => entry.responseStatus === 500)) return

    const key = 'loaded-again-at'
    const times = (JSON.parse(sessionStorage.getItem(key) ?? '[]') as number[]).filter(
      (time) => time > Date.now() - 30_000,
    )
    if (times.length === 3) {
      document.body.append(
        'Part of this page did not arrive. The browser’s console says which; ./docker-dev.sh errors, whether a server failed.',
      )
      return
    }
    sessionStorage.setItem(key, JSON.stringify([...times, Date.now()]))
    setTimeout(() => location.reload(), 500 * times.length)
  }
  addEventListener('error', onError, true) // at an element it does not bubble
}
