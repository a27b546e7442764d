/** A stage in, the runs that hold it out, or one sentence about one that still lives. Only looks. */
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { newestChange } from './newest-change.ts';
import { formatEnded, parseHolder, type Owner, type Verdict } from './owner.ts';

export interface Onlooker {
  readonly fs: FileSystem;
  readonly judge: (owner: Owner) => Verdict;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Milliseconds without a change in its folder after which a run that this process cannot see counts as dead. */
const SILENCE = 60_000;

/**
 * @param directory as messages name the target
 * @returns the names of the runs' folders, where all of them are dead
 * @throws UserError (exit 3) where one is not
 */
export function deadHolders(stage: string, directory: string, onlooker: Onlooker): readonly string[] {
  const all = holders(stage, onlooker.fs);
  for (const name of all) refuseLiving(name, stage, directory, onlooker);
  return all;
}

/** @returns the names of the runs' folders in a stage */
export function holders(stage: string, fs: FileSystem): readonly string[] {
  const kind = fs.lstatSync(stage, { throwIfNoEntry: false });
  if (kind?.isDirectory() === false) throw Object.assign(new Error(`${stage} is no folder`), { code: 'ENOTDIR', path: stage }); // a link would lead elsewhere
  try {
    return fs.readdirSync(stage).map(String).filter((name) => parseHolder(name) !== undefined);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // its last holder has removed it
    throw error;
  }
}

function refuseLiving(name: string, stage: string, directory: string, { fs, judge, clock }: Onlooker): void {
  const owner = parseHolder(name);
  if (owner === undefined || owner === 'ended') return;
  const verdict = judge(owner);
  const place = join(stage, name);
  if (verdict === 'dead' || (verdict === 'unsure' && clock() - newestChange(place, fs) >= SILENCE)) return;
  const sentences: Readonly<Record<Exclude<Verdict, 'dead'>, string>> = {
    alive: `Another run of create-devstack (process ${owner.pid}) is writing to ${directory}. Wait for it to end, then run the command again.`,
    unsure: `Another run of create-devstack (process ${owner.pid} of ${owner.host}) is writing to ${directory}, or was ended less than a minute ago. Run the command again in a minute.`,
    foreign: `A run of create-devstack on another machine, ${owner.host}, is writing to ${directory}. Wait for it to end; if it was ended, rename ${place} to ${formatEnded(owner)}, and run the command again, which undoes what it left.`,
  };
  throw new UserError([sentences[verdict]], 3);
}
