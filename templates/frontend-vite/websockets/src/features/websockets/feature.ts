/** WebSockets: reports of the stack's health come by themselves, and a page can listen to events. */
import type { Feature } from '../feature'
import { healthSource } from './health-source'

export const websockets: Feature = {
  healthSource,
  nextSteps: [
    {
      title: 'Tell the browser as it happens',
      text: 'The backend sends an event, useEvents() hands it to a component.',
      file: 'frontend/src/features/websockets/use-events.ts',
    },
  ],
}
