import { toggle } from './option.ts';

export const celery = toggle({
  key: 'celery',
  flag: 'celery',
  scope: 'project',
  summary: 'a Celery worker behind the Compose profile with-celery',
  fallback: false,
  ask: { kind: 'confirm', message: 'Add a Celery worker for background tasks?' },
});
