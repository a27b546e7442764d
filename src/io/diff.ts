/** A plan and a target in, what would be done to each file out. Only looks. */
import { isAbsolute, join, relative, sep } from 'node:path';
import { UserError } from '../errors.ts';
import type { Plan, PlannedFile } from '../plan/plan.ts';
import type { FileSystem } from './file-system.ts';
import type { Target } from './target.ts';

export type Action =
  /** Not there yet. */
  | 'create'
  /** There, with these very bytes. */
  | 'same'
  /** There and different, and it stays. */
  | 'keep'
  /** There and different, and it moves to `.devstack/backup/`. */
  | 'overwrite';

export interface FileChange extends PlannedFile {
  readonly action: Action;
}

type Look = Pick<FileSystem, 'lstatSync' | 'statSync' | 'realpathSync' | 'existsSync' | 'readFileSync'>;

/** Holds the passwords that the volumes were made with, so it is never made anew. */
const NEVER_REPLACED = '.env';

/**
 * @throws UserError (exit 3), with every file that is in the way: a folder where a file shall be, a file where a folder
 *   shall be, or a symbolic link that leads out of the target
 */
export function diff(plan: Pick<Plan, 'files'>, target: Target, fs: Look, onConflict: 'fail' | 'keep' | 'overwrite'): readonly FileChange[] {
  if (!target.exists) return plan.files.map((file) => ({ ...file, action: 'create' }));
  const root = fs.realpathSync(target.path);
  const faults: string[] = [];
  const changes = plan.files.map((file): FileChange => {
    const fault = obstacle(file.path, target.path, root, fs);
    if (fault !== undefined) {
      faults.push(fault);
      return { ...file, action: 'keep' };
    }
    return { ...file, action: decide(file, join(target.path, file.path), fs, onConflict) };
  });
  if (faults.length > 0) throw new UserError([...new Set(faults)], 3);
  return changes;
}

function decide({ path, content }: PlannedFile, place: string, fs: Look, onConflict: 'fail' | 'keep' | 'overwrite'): Action {
  if (!fs.existsSync(place)) return 'create';
  if (Buffer.from(fs.readFileSync(place)).equals(content)) return 'same';
  return path === NEVER_REPLACED || onConflict !== 'overwrite' ? 'keep' : 'overwrite';
}

/** @returns one sentence where the path cannot be written inside the target */
function obstacle(path: string, target: string, root: string, fs: Look): string | undefined {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const below = parts.slice(0, depth).join('/');
    const place = join(target, ...parts.slice(0, depth));
    const kind = fs.lstatSync(place, { throwIfNoEntry: false });
    if (kind === undefined) return undefined;
    if (kind.isSymbolicLink() && leadsOut(place, root, fs)) {
      return `${below} is a symbolic link that leads out of the target. Remove it, or choose another directory.`;
    }
    const folder = fs.statSync(place).isDirectory();
    if (depth < parts.length && !folder) return `${below} is a file, and a folder is to be there. Move it, or choose another directory.`;
    if (depth === parts.length && folder) return `${below} is a folder, and a file is to be there. Move it, or choose another directory.`;
  }
  return undefined;
}

/** A link to nowhere counts as leading out: what it would create is not known. */
function leadsOut(link: string, root: string, fs: Look): boolean {
  try {
    const way = relative(root, fs.realpathSync(link));
    return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way); // absolute: another drive
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return true;
  }
}
