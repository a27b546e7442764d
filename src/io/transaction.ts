/**
 * The one road to a folder that is written to: lock → recover → inspect → (plan → write) → unlock. What lies in brackets is the
 * command's own; whatever it does, the folder is as it was or as it shall be, and no other run comes between.
 */
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { makeParents, removeEmpty } from './folders.ts';
import { findHolders, type Onlooker } from './holders.ts';
import { lock, type LockContext } from './lock.ts';
import { explainUnfinished, looking, writing } from './refusal.ts';
import { hasStage, stageFor } from './stage.ts';
import type { FileChange } from './diff.ts';
import { sweepBeside } from './sweep.ts';
import { findTarget, type Target } from './target.ts';
import { undo, Unfinished } from './undo.ts';
import { viewUndone } from './undone-view.ts';
import { write } from './write.ts';

export interface Surroundings extends LockContext {
  /** What the directory is seen from. */
  readonly cwd: string;
  /** Throws where the process was asked to end meanwhile; called before what was done becomes final. */
  readonly check: () => Promise<void>;
}

export interface Opened {
  readonly target: Target;
  readonly write: (changes: readonly FileChange[]) => Promise<void>;
}

export interface Glance {
  readonly target: Target;
  /** Shows the target as it will be when what a dead run left is undone. */
  readonly fs: Pick<FileSystem, 'lstatSync' | 'statSync' | 'realpathSync' | 'existsSync' | 'readdirSync' | 'readFileSync'>;
  /** Whether that is something. */
  readonly undone: boolean;
}

/**
 * @param directory as the person gave it
 * @param inspect throws where the target is not as the command needs it; is told whether what an earlier run began was undone
 * @param work plans and writes; the target is this run's alone as long as it takes
 * @throws UserError (exit 3) where the target cannot be written, or another run writes to it; it is then as it was, or the
 *   message says what is not
 */
export async function transact<Result>(
  directory: string,
  surroundings: Surroundings,
  inspect: (target: Target, undone: boolean) => void,
  work: (opened: Opened) => Promise<Result>,
): Promise<Result> {
  const { fs, cwd } = surroundings;
  const find = () => looking(directory, () => findTarget(directory, cwd, fs));
  const target = find();
  const stage = stageFor(target);
  const parents: string[] = [];
  if (!hasStage(target, fs)) inspect(target, false); // most refusals come here, and then not even a lock was written
  try {
    const { folder, undone, release, abandon } = await writing(target.path, async () => {
      makeParents(target.path, fs, parents);
      return lock(stage, directory, (run) => undo(run, target.path, fs), surroundings);
    });
    try {
      refuseChange(target, find(), directory);
      await sweepBeside(stage, dirname(target.path), surroundings);
      inspect(target, undone);
      const result = await work({ target, write: async (changes) => writing(target.path, async () => write(changes, target, folder, surroundings)) });
      release();
      return result;
    } catch (error) {
      if (error instanceof Unfinished) abandon();
      else release();
      throw error;
    }
  } catch (error) {
    removeEmpty(parents, fs);
    throw error instanceof Unfinished ? explainUnfinished(error, directory) : error;
  }
}

/** Between the first look and the lock; where the stage lies depends on it. */
function refuseChange(before: Target, now: Target, directory: string): void {
  if (now.exists !== before.exists) throw new UserError([`Something has come to stand at ${directory} meanwhile, or has gone. Look at it, then run the command again.`], 3);
}

/**
 * Only looks: the same target, as `transact` would find it.
 * @throws UserError (exit 3) where another run writes to it
 */
export function glance(directory: string, surroundings: Onlooker & Pick<Surroundings, 'cwd'>): Glance {
  const { fs, cwd } = surroundings;
  return looking(directory, () => {
    const target = findTarget(directory, cwd, fs);
    const stage = stageFor(target);
    if (!fs.existsSync(stage)) return { target, fs, undone: false };
    const holders = findHolders(stage, surroundings);
    const living = holders.find(({ remaining }) => remaining > 0);
    if (living !== undefined) throw living.refusal(directory);
    const view = holders.map(({ name }) => viewUndone(join(stage, name), target.path, fs)).find((one) => one !== undefined);
    return { target, fs: view ?? fs, undone: view !== undefined };
  });
}
