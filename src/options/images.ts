import { choice } from './option.ts';

export const images = choice({
  key: 'images',
  flag: 'images',
  scope: 'project',
  summary: 'which set of images',
  values: ['baseline', 'current'],
  default: 'baseline',
  ask: {
    kind: 'select',
    message: 'Which set of images?',
    choices: [
      { value: 'baseline', hint: 'Python 3.12, Node 20, nginx 1.27, PostgreSQL 15, Redis 7' },
      { value: 'current', hint: 'Python 3.14, Node 24, nginx 1.30, PostgreSQL 18, Redis 8' },
    ],
  },
});
