/** The backend's health, told on each change and every few seconds. */
import * as v from 'valibot'
import { healthSchema } from '@/shared/api/types'
import type { HealthSource } from '../feature'
import { openSocket } from './socket'

const PATH = '/api/ws/health/'
const messageSchema = v.object({ type: v.literal('health'), data: healthSchema })

// A report comes every 5 s at least. Two that did not come are silence, whatever the connection says.
const SILENCE_MS = 12_000

export const healthSource: HealthSource = {
  listen({ onReport, onLive }) {
    return openSocket(PATH, messageSchema, {
      silenceMs: SILENCE_MS,
      onMessage({ data }) {
        onReport(data)
        onLive(true)
      },
      // Open alone says nothing yet: live is what has reported.
      onState(state) {
        if (state !== 'open') onLive(false)
      },
    })
  },
}
