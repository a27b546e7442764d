import { toggle } from './option.ts';

export const agents = toggle({
  key: 'agents',
  flag: 'agents',
  scope: 'project',
  summary: 'AGENTS.md, instructions for coding agents, and CLAUDE.md, which names it',
  default: true,
});
