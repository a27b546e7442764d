/** Steps in, files in their places out: staged first, then renamed there; or all as it was. */
import { dirname, join, sep } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { FILES, type Move } from './journal-file.ts';
import { moveAll } from './journal.ts';
import type { FileChange } from './diff.ts';
import type { Target } from './target.ts';

export interface WriteContext {
  readonly fs: FileSystem;
  /** Throws where the process was asked to end meanwhile; called before what was done becomes final. */
  readonly check: () => Promise<void>;
  /** Milliseconds since 1970; names the folder of the backups. */
  readonly clock: () => number;
}

/**
 * @param run the run's folder in the stage, on the target's device
 * @throws what the file system or the check throws; the target is then as it was
 * @throws Unfinished where it could not be put back
 */
export async function write(changes: readonly FileChange[], target: Target, run: string, context: WriteContext): Promise<void> {
  const { fs, check, clock } = context;
  const changing = changes.filter(({ action }) => action === 'create' || action === 'overwrite');
  if (target.exists && changing.length === 0) return;
  const stamp = new Date(clock()).toISOString().replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
  fill(join(run, FILES), changing, fs);
  await check();
  if (target.exists) await moveAll(run, target.path, changing.map((change) => toMove(change, stamp)), context);
  else place(join(run, FILES), target.path, fs);
}

function fill(root: string, changes: readonly FileChange[], fs: FileSystem): void {
  fs.mkdirSync(root);
  const folders = new Set([root]);
  const ensure = (folder: string): void => {
    if (folders.has(folder)) return;
    ensure(dirname(folder));
    fs.mkdirSync(folder);
    folders.add(folder);
  };
  for (const { path, content, mode } of changes) {
    const place = `${root}${sep}${path.replaceAll('/', sep)}`;
    ensure(dirname(place));
    fs.writeFileSync(place, content, { mode, flag: 'wx' });
    if (mode === 0o755) fs.chmodSync(place, mode); // the umask may have taken the run bit
  }
}

/** Looks once more: a rename over a folder that somebody has made meanwhile is refused by some systems only. */
function place(staged: string, target: string, fs: FileSystem): void {
  if (fs.existsSync(target)) throw Object.assign(new Error(`${target} is there`), { code: 'EEXIST' });
  fs.renameSync(staged, target);
}

function toMove({ path, action }: FileChange, stamp: string): Move {
  return action === 'overwrite' ? { path, backup: `.devstack/backup/${stamp}/${path}` } : { path };
}
