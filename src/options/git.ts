import { toggle } from './option.ts';

export const git = toggle({
  key: 'git',
  flag: 'git',
  scope: 'run',
  summary: 'git init and a first commit',
  default: true,
});
