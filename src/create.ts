/** Options and a directory in, a project on disk out: reads the templates, plans, surveys the target, writes. */
import disk from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from './errors.ts';
import { patient } from './io/patient.ts';
import { looking } from './io/refusal.ts';
import { holdSignals } from './io/signals.ts';
import { survey, type Step } from './io/survey.ts';
import { inspectTarget, type Target } from './io/target.ts';
import { readTemplates } from './io/templates.ts';
import { sweepStages } from './io/stage.ts';
import { write } from './io/write.ts';
import type { Answers } from './options/index.ts';
import type { Options } from './options/resolve.ts';
import type { Facts } from './plan/facts.ts';
import { plan } from './plan/plan.ts';

const fs = process.platform === 'win32' ? patient(disk) : disk;

export interface Prepared {
  readonly target: Target;
  readonly steps: readonly Step[];
}

/** Undoes what a run that was killed left beside the target or in it; to be called before the target is looked at. */
export function recover(directory: string): void {
  looking(directory, () => {
    const target = resolve(directory);
    for (const folder of new Set([dirname(target), target])) sweepStages(folder, fs, isAlive);
  });
}

/**
 * Everything but the writing; only looks.
 * @param directory relative to the working directory, or absolute
 * @throws UserError (exit 3) where the target is in conflict, or the system refuses a look at it
 */
export function prepare(options: Options, { directory, onConflict }: Pick<Answers, 'directory' | 'onConflict'>, facts: Facts): Prepared {
  const target = looking(directory, () => inspectTarget(directory, process.cwd(), fs, onConflict));
  const planned = plan(options, readTemplates(), facts);
  return { target, steps: looking(directory, () => survey(planned, target, fs, onConflict)) };
}

/**
 * @throws UserError (exit 3) where the target cannot be written; it is then as it was
 * @throws Interrupted where the process was asked to end before the project took its place; likewise
 */
export async function create({ target, steps }: Prepared): Promise<void> {
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  await holdSignals((check) => write(steps, target, { fs, check, pid: process.pid, now }));
}

/** @returns one sentence where the directory cannot be the target */
export function refuseTarget(directory: string, onConflict: Answers['onConflict']): string | undefined {
  try {
    looking(directory, () => inspectTarget(directory, process.cwd(), fs, onConflict));
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Signal 0 only asks: EPERM means that the process is there and somebody else's. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
