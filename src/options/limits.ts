import { choice } from './option.ts';

export const limits = choice({
  key: 'limits',
  flag: 'limits',
  scope: 'project',
  summary: "CPU and memory limits: the architecture's table, or that table scaled to this machine",
  values: ['default', 'fit'],
  fallback: 'default',
  ask: {
    kind: 'select',
    message: 'CPU and memory limits?',
    choices: [
      { value: 'default', hint: 'up to 7 CPUs and 4.6 GB in all' },
      { value: 'fit', hint: 'the same table, scaled to this machine' },
    ],
  },
});
