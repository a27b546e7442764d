/** Folders above a target: made as far as they lack, and taken away again where nothing has come into them. */
import { dirname } from 'node:path';
import type { FileSystem } from './file-system.ts';

/**
 * One folder at a time, with those above it that lack: with `recursive`, Node tries for ever where the system answers ENOENT,
 * as Linux does in /proc.
 * @param made gets every folder that was made, outermost first
 */
export function makeParents(path: string, fs: FileSystem, made: string[]): void {
  const folder = dirname(path);
  if (folder === path || fs.existsSync(folder)) return;
  makeParents(folder, fs, made);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return; // somebody else was quicker
    throw error;
  }
  made.push(folder);
}

/** @param folders that this run made, outermost first; one that somebody else has used meanwhile stays */
export function removeEmpty(folders: readonly string[], fs: FileSystem): void {
  for (const folder of folders.toReversed()) {
    if (!fs.existsSync(folder)) continue;
    if (fs.readdirSync(folder).length > 0) return;
    fs.rmdirSync(folder);
  }
}
