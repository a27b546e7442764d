/** Options and a directory in, a project on disk out; or, only looked at, what would come of it. */
import disk from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { judge } from './owner.ts';
import { withRetries } from './retry.ts';
import { looking } from './refusal.ts';
import { holdSignals } from './signals.ts';
import { diff, type FileChange } from './diff.ts';
import { inspectTarget, type Target } from './target.ts';
import { readTemplates } from './templates.ts';
import { identify, startOf } from './this-process.ts';
import { glance, transact, type Glance, type Surroundings } from './transaction.ts';
import type { Answers } from '../options/index.ts';
import type { Options } from '../options/resolve.ts';
import type { Facts } from '../plan/facts.ts';
import { plan } from '../plan/plan.ts';

const fs = process.platform === 'win32' ? withRetries(disk) : disk;

/** Milliseconds that a run waits for another to turn out dead. */
const PATIENCE = 5000;

/** The directory is seen from the working directory, or absolute. */
export type Place = Pick<Answers, 'directory' | 'onConflict'>;

export interface Prepared {
  readonly target: Target;
  readonly changes: readonly FileChange[];
}

/** Is told what happens, before it is too late to be of interest. */
export interface Listener {
  /** What an earlier run began has been undone; what comes next may still be a refusal. */
  readonly undone: () => void;
  /** What is about to be done. */
  readonly changes: (changes: readonly FileChange[]) => void;
}

const NOBODY: Listener = { undone: () => {}, changes: () => {} };

/**
 * @throws UserError (exit 3) where the target is in conflict or cannot be written; it is then as it was, or the message says what is not
 * @throws Interrupted where the process was asked to end before the project took its place; likewise
 */
export async function create(options: Options, place: Place, facts: Facts, listener: Listener = NOBODY): Promise<Prepared> {
  const surroundings = surround(place);
  return holdSignals(async (check) => {
    const pause = async (milliseconds: number) => {
      await sleep(milliseconds);
      await check();
    };
    return transact(
      place.directory,
      { ...surroundings, check, pause, patience: PATIENCE },
      (target, undone) => {
        if (undone) listener.undone();
        inspect({ target, fs }, place);
      },
      async ({ target, write }) => {
        const changes = diffFiles({ target, fs }, options, place, facts);
        listener.changes(changes);
        await write(changes);
        return { target, changes };
      },
    );
  });
}

/**
 * What `create` would do; only looks.
 * @throws UserError (exit 3) where the target is in conflict, or the system refuses a look at it
 */
export function preview(options: Options, place: Place, facts: Facts): Prepared & Pick<Glance, 'undone'> {
  const { undone, ...seen } = glance(place.directory, surround(place));
  inspect(seen, place);
  return { target: seen.target, changes: diffFiles(seen, options, place, facts), undone };
}

/** @returns one sentence where the directory cannot be the target */
export function refuseTarget(directory: string, onConflict: Answers['onConflict']): string | undefined {
  const place = { directory, onConflict };
  try {
    inspect(glance(directory, surround(place)), place);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

function inspect({ target, fs: view }: Pick<Glance, 'target' | 'fs'>, { directory, onConflict }: Place): void {
  looking(directory, () => inspectTarget(target, directory, view, onConflict));
}

function diffFiles({ target, fs: view }: Pick<Glance, 'target' | 'fs'>, options: Options, { directory, onConflict }: Place, facts: Facts): readonly FileChange[] {
  const planned = plan(options, readTemplates(), facts);
  return looking(directory, () => diff(planned, target, view, onConflict));
}

function surround({ directory }: Pick<Place, 'directory'>): Omit<Surroundings, 'check' | 'pause' | 'patience'> {
  const me = identify();
  return { fs, cwd: looking(directory, () => process.cwd()), me, judge: (owner) => judge(owner, me, { startOf }), clock: Date.now };
}
