/** All that can be chosen, in the order in which it is asked and listed. */
import { agents } from './agents.ts';
import { backendPort } from './backend-port.ts';
import { dbPort } from './db-port.ts';
import { directory } from './directory.ts';
import { FEATURES } from './features.ts';
import { frontendPort } from './frontend-port.ts';
import { git } from './git.ts';
import { images } from './images.ts';
import { limit } from './limit.ts';
import { limits } from './limits.ts';
import { name } from './name.ts';
import { onConflict } from './on-conflict.ts';
import type { Answer } from './option.ts';
import { proxyPort } from './proxy-port.ts';
import { redisPort } from './redis-port.ts';
import { start } from './start.ts';

export const OPTIONS = [
  directory,
  name,
  ...FEATURES,
  proxyPort,
  frontendPort,
  backendPort,
  dbPort,
  redisPort,
  limits,
  limit,
  images,
  agents,
  git,
  start,
  onConflict,
] as const;

type Listed = (typeof OPTIONS)[number];
export type Key = Listed['key'];

/** Every answer, by the key of its option. */
export type Answers = { readonly [O in Listed as O['key']]: Answer<O> };

/** The options whose answers shape the emitted files. */
export const PROJECT_OPTIONS = OPTIONS.filter((option) => option.scope === 'project');
