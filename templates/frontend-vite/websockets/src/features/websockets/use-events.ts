/** What the backend tells the user who is signed in. `refused` is whoever is not. */
import * as v from 'valibot'
import { useSocket } from './use-socket'

const messageSchema = v.object({ type: v.literal('event'), kind: v.string(), data: v.unknown() })
export type Event = v.InferOutput<typeof messageSchema>

export function useEvents(onEvent: (event: Event) => void) {
  return useSocket('/api/ws/events/', messageSchema, onEvent)
}
