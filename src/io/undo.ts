/** The journal of a run in, the folder as it was before that run out: at once where a move failed, or by a later run. */
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { FILES, journalTime, readJournal, removeJournal, type Move } from './journal-file.ts';

/** Not all could be undone; the journal is still there, and undoing again goes on where this ended. */
export class Unfinished extends Error {
  /**
   * @param left below the target, what is not as it was
   * @param cause why it could not be undone
   * @param trigger why it was to be undone; undefined where an earlier run was killed
   */
  constructor(
    readonly left: readonly string[],
    cause: unknown,
    readonly trigger?: unknown,
  ) {
    super(`not undone: ${left.join(', ')}`, { cause });
    this.name = 'Unfinished';
  }
}

/**
 * As far as it was done.
 * @param run the run's folder in the stage
 * @param since whether a person may have changed what it put in place: not where it was put there just now
 * @returns whether there was anything to undo
 * @throws Unfinished where something stands in the way; whatever else can be undone is
 */
export function undo(run: string, target: string, fs: FileSystem, since = true): boolean {
  const journal = readJournal(run, fs);
  if (journal === undefined) return false;
  const failures: { readonly path: string; readonly cause: unknown }[] = [];
  const attempt = (path: string, act: () => void) => {
    try {
      act();
    } catch (cause) {
      failures.push({ path, cause });
    }
  };
  for (const move of journal.moves.toReversed()) attempt(move.path, () => undoMove(move, run, target, fs, since));
  for (const folder of journal.folders.toReversed()) {
    const place = join(target, folder);
    attempt(folder, () => fs.existsSync(place) && fs.readdirSync(place).length === 0 && fs.rmdirSync(place));
  }
  if (failures.length === 0) attempt(run, () => removeJournal(run, fs));
  const [first] = failures;
  if (first !== undefined) throw new Unfinished(failures.map(({ path }) => path), first.cause);
  return true;
}

function undoMove(move: Move, run: string, target: string, fs: FileSystem, since: boolean): void {
  const { placed, old } = stateOf(move, run, target, fs, since);
  const place = join(target, move.path);
  if (placed) fs.renameSync(place, join(run, FILES, move.path));
  if (old !== undefined) fs.renameSync(old, place);
}

export interface MoveState {
  /** Whether what is in the place is what the run put there. */
  readonly placed: boolean;
  /** Where what belongs into the place lies; undefined where nothing does. */
  readonly old: string | undefined;
}

/** How far a run has come with a file. What a person has changed or made there since is theirs, and not to be touched. */
export function stateOf({ path, backup }: Move, run: string, target: string, fs: Pick<FileSystem, 'existsSync' | 'lstatSync' | 'realpathSync'>, since = true): MoveState {
  const [staged, place] = [join(run, FILES, path), join(target, path)];
  const free = !fs.existsSync(place);
  const changed = !free && since && fs.lstatSync(place).mtimeMs > journalTime(run, fs);
  const placed = !free && !changed && !fs.existsSync(staged) && isWithin(staged, run, fs) && isWithin(place, target, fs);
  const old = backup === undefined ? undefined : join(target, backup);
  return { placed, old: old !== undefined && (free || placed) && fs.existsSync(old) && isWithin(old, target, fs) ? old : undefined };
}

/** A journal may have come with somebody's files, and a link among them lead elsewhere. */
function isWithin(path: string, root: string, fs: Pick<FileSystem, 'existsSync' | 'realpathSync'>): boolean {
  const folder = dirname(path);
  if (!fs.existsSync(folder)) return true; // nothing can be moved there either
  const way = relative(fs.realpathSync(root), fs.realpathSync(folder));
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
