/** What a run is about to move, as a file that is either there as a whole or not at all. */
import { join } from 'node:path';
import type { FileSystem } from './file-system.ts';

export interface Journal {
  readonly moves: readonly Move[];
  /** Folders below the target that did not exist, outermost first. */
  readonly folders: readonly string[];
}

export interface Move {
  /** Below the target, and below `files/` in the run's folder; with forward slashes. */
  readonly path: string;
  /** Where the file that is there goes first, below the target. */
  readonly backup?: string;
}

const NAME = 'journal.json';

/** Where the staged files lie in a run's folder. */
export const FILES = 'files';

/** On the disk, and under its name, before the first file is moved: a rename shows either all of it or none. */
export function writeJournal(run: string, journal: Journal, fs: FileSystem): void {
  const draft = join(run, `${NAME}.draft`);
  fs.writeFileSync(draft, JSON.stringify(journal), { flush: true });
  fs.renameSync(draft, join(run, NAME));
}

export function removeJournal(run: string, fs: FileSystem): void {
  fs.rmSync(join(run, NAME));
}

/** When it was written, and so after all that was staged. @returns milliseconds since 1970 */
export function journalTime(run: string, fs: Pick<FileSystem, 'lstatSync'>): number {
  return fs.lstatSync(join(run, NAME)).mtimeMs;
}

/** @returns undefined where there is none, or none of ours: nothing was moved before it was whole, so nothing is to be undone */
export function readJournal(run: string, fs: FileSystem): Journal | undefined {
  if (!fs.existsSync(join(run, NAME))) return undefined;
  const text = fs.readFileSync(join(run, NAME), 'utf8');
  try {
    const journal: unknown = JSON.parse(text);
    return isJournal(journal) ? journal : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

function isJournal(value: unknown): value is Journal {
  const { moves, folders } = (value ?? {}) as Partial<Journal>;
  if (!Array.isArray(moves) || !Array.isArray(folders)) return false;
  return folders.every(isBelow) && moves.every((move: Partial<Move> | null) => isBelow(move?.path) && (move?.backup === undefined || isBelow(move.backup)));
}

/** A journal that came with somebody's files must not reach out of the target. */
function isBelow(path: unknown): boolean {
  return typeof path === 'string' && !/[\\:]/.test(path) && !path.split('/').some((part) => part === '' || part === '.' || part === '..');
}
