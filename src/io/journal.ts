/**
 * Moves staged files into a folder that exists, one rename after another, and can take all of them back:
 * at once where one fails, or by a later run where the process was killed, since what is to be done is
 * written down beside the staged files before the first is moved.
 */
import { dirname, join, relative } from 'node:path';
import type { FileSystem } from './file-system.ts';

interface Journal {
  /** Seen from the folder in which the stage lies: a name beside it, or `.`. */
  readonly target: string;
  readonly moves: readonly Move[];
  /** Folders below the target that did not exist, outermost first. */
  readonly folders: readonly string[];
}

export interface Move {
  /** Below the target, and below `files/` in the stage; with forward slashes. */
  readonly path: string;
  /** Where the file that is there goes first, below the target. */
  readonly backup?: string;
}

const NAME = 'journal.json';

/** Where the staged files lie in a stage. */
export const FILES = 'files';

interface MoveContext {
  readonly fs: FileSystem;
  /** Throws where the moves shall not become final. */
  readonly check: () => Promise<void>;
}

/** @throws what the file system or the check throws; everything that was moved is then back where it was */
export async function moveAll(stage: string, target: string, moves: readonly Move[], { fs, check }: MoveContext): Promise<void> {
  const journal: Journal = { target: relative(dirname(stage), target) || '.', moves, folders: missingFolders(target, moves, fs) };
  fs.writeFileSync(join(stage, NAME), JSON.stringify(journal));
  try {
    for (const folder of journal.folders) fs.mkdirSync(join(target, folder));
    for (const { path, backup } of moves) {
      if (backup !== undefined) fs.renameSync(join(target, path), join(target, backup));
      fs.renameSync(join(stage, FILES, path), join(target, path));
    }
    await check();
    fs.rmSync(join(stage, NAME)); // from here on the moves are final
  } catch (error) {
    takeBack(stage, fs);
    throw error;
  }
}

/** Undoes what the journal of a stage says, as far as it was done; does nothing where there is no journal. */
export function takeBack(stage: string, fs: FileSystem): void {
  if (!fs.existsSync(join(stage, NAME))) return;
  const journal = JSON.parse(fs.readFileSync(join(stage, NAME), 'utf8')) as Journal;
  const target = join(dirname(stage), journal.target);
  for (const { path, backup } of journal.moves.toReversed()) {
    const [staged, place] = [join(stage, FILES, path), join(target, path)];
    const moved = !fs.existsSync(staged); // else what is in its place is not ours
    if (moved && fs.existsSync(place)) fs.renameSync(place, staged);
    if (backup !== undefined && fs.existsSync(join(target, backup))) fs.renameSync(join(target, backup), place);
  }
  for (const folder of journal.folders.toReversed()) {
    const place = join(target, folder);
    if (fs.existsSync(place) && fs.readdirSync(place).length === 0) fs.rmdirSync(place);
  }
  fs.rmSync(join(stage, NAME));
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
