/** Celery: the worker is a part of the stack. The backend reports it as the check of the same name. */
import type { Feature } from '../feature'

export const celery: Feature = {
  parts: [
    {
      id: 'worker',
      name: 'Worker',
      technology: 'Celery',
      service: 'celery',
      icon: 'M10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm0-9.5v2m0 10v2m7-7h-2M5 10H3m11.95-4.95-1.414 1.414m-7.072 7.072L5.05 14.95m9.9 0-1.414-1.414M6.464 6.464 5.05 5.05',
      behind: 'backend',
      // Its queue lies in Redis, and so does the sign of life by which the backend knows it.
      needs: ['cache'],
    },
  ],
  nextSteps: [
    {
      title: 'Hand work to the worker',
      text: 'A function with @shared_task runs there when you call .delay() on it.',
      file: 'backend/apps/worker/tasks.py',
    },
  ],
}
