import { toggle } from './option.ts';

export const start = toggle({
  key: 'start',
  flag: 'start',
  scope: 'run',
  summary: 'run ./docker-dev.sh start at the end',
  default: false,
  defaultText: 'asked; no without a terminal',
});
