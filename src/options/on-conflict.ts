import { choice } from './option.ts';

export const onConflict = choice({
  key: 'onConflict',
  flag: 'on-conflict',
  scope: 'run',
  summary: 'a target that has files: refuse it, keep what differs, or overwrite it with a backup under .devstack/backup/',
  values: ['fail', 'keep', 'overwrite'],
  default: 'fail',
});
