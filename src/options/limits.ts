import { choice } from './option.ts';

export const limits = choice({
  key: 'limits',
  flag: 'limits',
  scope: 'project',
  summary: "CPU and memory limits: the architecture's table, or that table scaled to this machine",
  values: ['default', 'fit'],
  default: 'default',
});
