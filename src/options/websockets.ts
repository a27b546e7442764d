import { feature } from './option.ts';

export const websockets = feature({
  key: 'websockets',
  flag: 'websockets',
  title: 'WebSockets',
  summary: 'Django Channels over Redis behind /api/ws/',
  ask: { kind: 'confirm', message: 'Add WebSockets (Django Channels)?' },
});
