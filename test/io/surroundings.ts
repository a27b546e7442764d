/** What a transaction needs to know of its surroundings, made up. */
import type { FileSystem } from '../../src/io/file-system.ts';
import type { Owner } from '../../src/io/owner.ts';
import { diff, type FileChange } from '../../src/io/diff.ts';
import { inspectTarget, type Target } from '../../src/io/target.ts';
import { glance, transact, type Surroundings } from '../../src/io/transaction.ts';
import { NOW, PLAN } from './plans.ts';
import type { Room } from './systems.ts';

export type OnConflict = 'fail' | 'keep' | 'overwrite';

/** A run that is under way. */
export const ME: Owner = { pid: 4711, start: '100', space: 'space', boot: 'boot', machine: 'machine', host: 'host', nonce: '00000000' };

/** Its clock stands still but for pauses. */
export function surround({ fs, root }: Room, changes: Partial<Surroundings> = {}): Surroundings {
  let now = Date.parse(NOW.replaceAll(/T(..)-(..)-/g, 'T$1:$2:'));
  const pause = async (milliseconds: number) => void (now += milliseconds);
  return { fs, cwd: root, me: ME, judge: () => 'dead', clock: () => now, pause, patience: 5000, check: async () => {}, ...changes };
}

/** The small plan written as the command writes a project. */
export async function writeTo(directory: string, room: Room, onConflict: OnConflict = 'fail', changes: Partial<Surroundings> = {}): Promise<readonly FileChange[]> {
  const surroundings = surround(room, changes);
  const inspect = (target: Target) => inspectTarget(target, directory, surroundings.fs, onConflict);
  return transact(directory, surroundings, inspect, async ({ target, write }) => {
    const found = diff(PLAN, target, surroundings.fs, onConflict);
    await write(found);
    return found;
  });
}

/** The same, looked at only. */
export function look(directory: string, room: Room, onConflict: OnConflict = 'fail', changes: Partial<Surroundings> = {}): readonly FileChange[] {
  const { target, fs } = glance(directory, surround(room, changes));
  inspectTarget(target, directory, fs, onConflict);
  return diff(PLAN, target, fs as FileSystem, onConflict);
}

/** Undoes what dead runs left, and does nothing else. */
export async function recover(directory: string, room: Room, changes: Partial<Surroundings> = {}): Promise<boolean> {
  let done = false;
  await transact(directory, surround(room, changes), (_, undone) => void (done = undone), async () => {});
  return done;
}
