/**
 * Staged files and a folder that exists in, the files in their places out, one rename after another; or all as it was. What is to
 * be done is written down before the first is moved, so that a later run can undo it where the process was killed.
 */
import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { FILES, removeJournal, writeJournal, type Journal, type Move } from './journal-file.ts';
import { undo, Unfinished } from './undo.ts';

interface MoveContext {
  readonly fs: FileSystem;
  /** Throws where the moves shall not become final. */
  readonly check: () => Promise<void>;
}

/**
 * @param run the run's folder, in which the files are staged
 * @throws what the file system or the check throws; everything that was moved is then back where it was
 * @throws Unfinished where it could not be put back
 */
export async function moveAll(run: string, target: string, moves: readonly Move[], { fs, check }: MoveContext): Promise<void> {
  const journal: Journal = { moves, folders: missingFolders(target, moves, fs) };
  try {
    writeJournal(run, journal, fs);
    for (const folder of journal.folders) fs.mkdirSync(join(target, folder));
    for (const move of moves) putInPlace(move, run, target, fs);
    await check();
    removeJournal(run, fs); // from here on the moves are final
  } catch (trigger) {
    try {
      undo(run, target, fs, false);
    } catch (error) {
      throw error instanceof Unfinished ? new Unfinished(error.left, error.cause, trigger) : error;
    }
    throw trigger;
  }
}

function putInPlace({ path, backup }: Move, run: string, target: string, fs: FileSystem): void {
  const [staged, place] = [join(run, FILES, path), join(target, path)];
  if (backup === undefined) return fs.renameSync(staged, place);
  const old = join(target, backup);
  fs.renameSync(place, old);
  try {
    fs.renameSync(staged, place);
  } catch (error) {
    // Not left to the journal: that is gone where this run was only stopped, and another has taken it for dead.
    if (!fs.existsSync(place)) fs.renameSync(old, place);
    throw error;
  }
}

function missingFolders(target: string, moves: readonly Move[], fs: FileSystem): readonly string[] {
  const folders = new Set<string>();
  for (const path of moves.flatMap((move) => [move.path, ...(move.backup === undefined ? [] : [move.backup])])) {
    const parts = path.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) {
      const folder = parts.slice(0, depth).join('/');
      if (!folders.has(folder) && !fs.existsSync(join(target, folder))) folders.add(folder);
    }
  }
  return [...folders].toSorted(); // a folder sorts before what lies in it
}
