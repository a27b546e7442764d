import type { CustomEventName, InferCustomEventPayload } from 'vite/types/customEvent.d.ts'

/** What Vite's hot reload tells, where there is one: in development. @returns how to stop listening */
export function onHotReload<Event extends CustomEventName>(
  event: Event,
  listener: (payload: InferCustomEventPayload<Event>) => void,
): () => void {
  import.meta.hot?.on(event, listener)
  return () => import.meta.hot?.off?.(event, listener) // the one of Vitest has none
}
