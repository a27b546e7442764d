import { feature } from './option.ts';

export const celery = feature({
  key: 'celery',
  flag: 'celery',
  title: 'Celery worker',
  summary: 'a Celery worker behind the Compose profile with-celery',
  ask: { kind: 'confirm', message: 'Add a Celery worker for background tasks?' },
  profile: 'with-celery',
  services: { celery: { cpus: 1, 'cpus-reserve': 0.25, memory: 512, 'memory-reserve': 256 } },
});
