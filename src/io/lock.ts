/**
 * One run at a time for one target. The stage is the lock: a run holds it while it has a folder of its own in it, whose name
 * says who it is. Nothing but `mkdir`, `rename` and `rmdir` decides, which every file system does in one step.
 */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { findHolders, holderNames, type Holder, type Onlooker } from './holders.ts';
import { formatEnded, formatOwner, type Owner } from './owner.ts';

export interface LockContext extends Onlooker {
  readonly me: Owner;
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Milliseconds that it is worth waiting till a run counts as dead. */
  readonly patience: number;
}

export interface Lock {
  /** The run's own folder in the stage. */
  readonly folder: string;
  /** Whether a run that had ended was found, and what it had begun undone. */
  readonly undone: boolean;
  /** Leaves nothing behind. What cannot be removed is swept by the next run, and no reason to fail. */
  readonly release: () => void;
  /** Leaves the run's folder, with what it says of things to undo, to the next run. */
  readonly abandon: () => void;
}

/** Attempts; where runs meet between two steps of each other, both step back for a moment. */
const TURNS = 20;

/**
 * @param directory as messages name the target
 * @param undo puts back what a dead run began, whose folder this run has taken over
 * @throws UserError (exit 3) where another run holds it
 * @throws Unfinished where what a dead run began cannot be undone; it is then as it was for the next run
 */
export async function lock(stage: string, directory: string, undo: (folder: string) => boolean, context: LockContext): Promise<Lock> {
  const { fs, me, pause } = context;
  const folder = join(stage, formatOwner(me));
  let undone = false;
  let mine = false; // whether the stage is this run's to enter: nobody else can be about to
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (makeFolder(stage, fs)) mine = true;
    const [dead] = await waitForDeath(stage, directory, context);
    if (dead !== undefined) {
      if (!takeOver(join(stage, dead.name), folder, context)) continue; // another run was quicker
      undone = finishDead(folder, stage, undo, context) || undone;
      mine = true;
    } else if (mine || turn >= TURNS / 2) {
      if (!enter(folder, stage, context)) continue;
      if (holderNames(stage, fs).length === 1) {
        return { folder, undone, release: () => release(folder, stage, context), abandon: () => abandon(folder, stage, context) };
      }
      fs.rmSync(folder, { recursive: true });
      mine = false;
    }
    if (!mine) await pause(5 + Math.random() * 10);
  }
  tolerant(() => fs.rmdirSync(stage));
  throw new UserError([`Other runs of create-devstack want ${directory} at the same time. Run the command again.`], 3);
}

/** @returns the runs that hold the stage, where all of them are dead, or are so soon; @throws UserError where one lives */
async function waitForDeath(stage: string, directory: string, context: LockContext): Promise<readonly Holder[]> {
  const end = context.clock() + context.patience;
  for (;;) {
    const all = findHolders(stage, context);
    const living = all.find(({ remaining }) => remaining > 0);
    if (living === undefined) return all;
    if (context.clock() + living.remaining > end) throw living.refusal(directory);
    await context.pause(Math.min(living.remaining, 200));
  }
}

function release(folder: string, stage: string, context: LockContext): void {
  const { fs } = context;
  if (!tolerant(() => fs.rmSync(folder, { recursive: true, force: true }))) abandon(folder, stage, context);
  tolerant(() => fs.rmdirSync(stage));
}

/** Under a name that needs no judging: the next run may be one of this process, which lives on. */
function abandon(folder: string, stage: string, { fs, me }: LockContext): void {
  tolerant(() => fs.renameSync(folder, join(stage, formatEnded(me))));
}

/** A dead run's folder, by now this run's: puts back what it began, and removes it. */
function finishDead(folder: string, stage: string, undo: (folder: string) => boolean, context: LockContext): boolean {
  try {
    const undone = undo(folder);
    context.fs.rmSync(folder, { recursive: true, force: true });
    return undone;
  } catch (error) {
    abandon(folder, stage, context);
    throw error;
  }
}

/** @returns whether the run is in; not where the stage has vanished meanwhile */
function enter(folder: string, stage: string, context: LockContext): boolean {
  const { fs } = context;
  try {
    fs.mkdirSync(folder);
    fs.writeFileSync(join(folder, '.gitignore'), '*\n'); // what is staged has secrets in it, and a repository may be around it
    return true;
  } catch (error) {
    release(folder, stage, context);
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** @returns whether it was made by this very call */
function makeFolder(path: string, fs: FileSystem): boolean {
  try {
    fs.mkdirSync(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** @returns whether it was there to be taken over: of several runs that rename it, one succeeds */
function takeOver(from: string, to: string, { fs, clock }: LockContext): boolean {
  const now = clock() / 1000;
  tolerant(() => fs.utimesSync(from, now, now)); // who cannot see this process sees that something lives
  try {
    fs.renameSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** @returns whether the file system did it */
function tolerant(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
}
