/** Windows refuses to move or remove what another program has open, as a virus scanner has each new file for a moment. */
import type { FileSystem } from './file-system.ts';

const HELD: ReadonlySet<unknown> = new Set(['EACCES', 'EBUSY', 'EPERM']);

/** Milliseconds between two attempts, 2.5 seconds together. */
const PAUSES = [10, 20, 50, 100, 200, 400, 800, 900];

/**
 * @param wait blocks for some milliseconds
 * @returns the file system, whose renames and removals are tried again while the file may be held by somebody
 */
export function withRetries(fs: FileSystem, wait: (milliseconds: number) => void = block): FileSystem {
  return {
    ...fs,
    renameSync: (from, to) => retry(() => fs.renameSync(from, to), wait),
    rmSync: (path, options) => retry(() => fs.rmSync(path, options), wait),
    rmdirSync: (path) => retry(() => fs.rmdirSync(path), wait),
  };
}

function retry(act: () => void, wait: (milliseconds: number) => void): void {
  for (const pause of PAUSES) {
    try {
      return act();
    } catch (error) {
      if (!HELD.has((error as NodeJS.ErrnoException).code)) throw error;
      wait(pause);
    }
  }
  act();
}

function block(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
