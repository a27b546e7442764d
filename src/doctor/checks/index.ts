/** Every check, in the order in which their findings are told: what others depend on first. */
import type { Check } from '../subject.ts';
import { checkClock } from './clock.ts';
import { checkCompose } from './compose.ts';
import { checkComposeFile } from './compose-file.ts';
import { checkDisk } from './disk.ts';
import { checkDotenv } from './dotenv.ts';
import { checkEngine } from './engine.ts';
import { checkInotify } from './inotify.ts';
import { checkLifetimes } from './lifetimes.ts';
import { checkLimits } from './limits.ts';
import { checkLineEnds } from './line-ends.ts';
import { checkNamesake } from './namesake.ts';
import { checkNodeModules } from './node-modules.ts';
import { checkPorts } from './ports.ts';
import { checkProject } from './project.ts';
import { checkVolumes } from './volumes.ts';

export const HOST_CHECKS: readonly Check[] = [checkEngine, checkCompose, checkClock, checkDisk, checkInotify, checkProject];

/** Only where the directory is a project. */
export const PROJECT_CHECKS: readonly Check[] = [
  checkDotenv,
  checkComposeFile,
  checkNamesake,
  checkPorts,
  checkLimits,
  checkVolumes,
  checkLineEnds,
  checkNodeModules,
  checkLifetimes,
];
