/** A stage in, the runs that hold it out, and for how long each still counts as living. Only looks. */
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

export interface Holder {
  /** Of its folder in the stage. */
  readonly name: string;
  /** Milliseconds that it must go on to be silent till it counts as dead; none where it is. */
  readonly remaining: number;
  /** To be thrown where that is too long. */
  readonly refusal: (directory: string) => UserError;
}

/**
 * Milliseconds without a change in its folder after which a run counts as dead. A living one changes something all the time; one
 * that was only stopped, and goes on when another has taken its folder, finds nothing that it could still move.
 */
const SILENCE: Readonly<Record<Verdict, number>> = {
  dead: 0,
  earlier: 3000,
  elsewhere: 60_000,
  untold: 60_000,
  alive: Number.POSITIVE_INFINITY,
  foreign: Number.POSITIVE_INFINITY,
};

export function findHolders(stage: string, onlooker: Onlooker): readonly Holder[] {
  return holderNames(stage, onlooker.fs).map((name): Holder => {
    const owner = parseHolder(name);
    const verdict = owner === undefined || owner === 'ended' ? 'dead' : onlooker.judge(owner);
    const place = join(stage, name);
    const quiet = SILENCE[verdict] === 0 ? 0 : onlooker.clock() - newestChange(place, onlooker.fs);
    return { name, remaining: Math.max(0, SILENCE[verdict] - quiet), refusal: (directory) => new UserError([explain(directory, owner as Owner, verdict, place)], 3) };
  });
}

/** @returns the names of the runs' folders in a stage */
export function holderNames(stage: string, fs: FileSystem): readonly string[] {
  const kind = fs.lstatSync(stage, { throwIfNoEntry: false });
  if (kind?.isDirectory() === false) throw Object.assign(new Error(`${stage} is no folder`), { code: 'ENOTDIR', path: stage }); // a link would lead elsewhere
  try {
    return fs.readdirSync(stage).map(String).filter((name) => parseHolder(name) !== undefined);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []; // its last holder has removed it
    throw error;
  }
}

function explain(directory: string, owner: Owner, verdict: Verdict, place: string): string {
  const ended = `rename ${place} to ${formatEnded(owner)}`;
  if (verdict === 'foreign') {
    return `A run of create-devstack on another machine, ${owner.host}, is writing to ${directory}. Wait for it to end; if it was ended, ${ended}, and run the command again, which undoes what it left.`;
  }
  if (verdict === 'alive') return `Another run of create-devstack (process ${owner.pid}) is writing to ${directory}. Wait for it to end, then run the command again.`;
  return `Another run of create-devstack (process ${owner.pid} of ${owner.host}) is writing to ${directory}, or was ended less than a minute ago. Run the command again in a minute; if it was ended, you need not wait: ${ended}.`;
}
