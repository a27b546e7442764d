/** A folder in, when anything in it was last written, made or moved out. */
import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';

/** @returns milliseconds since 1970; what vanishes meanwhile counts as changed just now by whoever removed it */
export function newestChange(path: string, fs: FileSystem): number {
  const kind = fs.lstatSync(path, { throwIfNoEntry: false });
  if (kind === undefined) return Number.POSITIVE_INFINITY;
  if (!kind.isDirectory()) return kind.mtimeMs;
  return fs.readdirSync(path).reduce((newest, entry) => Math.max(newest, newestChange(join(path, String(entry)), fs)), kind.mtimeMs);
}
