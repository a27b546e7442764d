/** The steps of a survey in, a directory out: all of them or none. */
import { dirname, join } from 'node:path';
import { UserError } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { FILES, moveAll, type Move } from './journal.ts';
import { stageFor } from './stage.ts';
import type { Step } from './survey.ts';
import type { Target } from './target.ts';

export interface WriteContext {
  readonly fs: FileSystem;
  /** Throws where the process was asked to end meanwhile; called before what was done becomes final. */
  readonly check: () => Promise<void>;
  readonly pid: number;
  /** Names the folder of the backups; UTC, as `2026-01-31T12-00-00Z`. */
  readonly now: string;
}

/**
 * Stages beside the target whatever is to be created or overwritten, then renames it into place.
 * @throws UserError (exit 3) where the system refuses a write; the target is then as it was
 * @throws what `check` throws; likewise
 */
export async function write(steps: readonly Step[], target: Target, context: WriteContext): Promise<void> {
  const { fs } = context;
  const parent = dirname(target.path);
  const stage = stageFor(target.path, context.pid);
  const changing = steps.filter(({ action }) => action === 'create' || action === 'overwrite');
  if (target.exists && changing.length === 0) return;
  let made: string | undefined;
  try {
    made = fs.mkdirSync(parent, { recursive: true });
    fill(join(stage, FILES), changing, fs);
    await context.check();
    if (target.exists) await moveAll(stage, target.path, changing.map((step) => toMove(step, context.now)), context);
    else fs.renameSync(join(stage, FILES), target.path);
  } catch (cause) {
    fs.rmSync(stage, { recursive: true, force: true });
    if (made !== undefined) removeEmpty(parent, made, fs);
    throw explain(cause, target);
  }
  removeStage(stage, fs);
}

/** The project is in place by now: what cannot be removed is swept by the next run, and no reason to fail. */
function removeStage(stage: string, fs: FileSystem): void {
  try {
    fs.rmSync(stage, { recursive: true, force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

function fill(root: string, steps: readonly Step[], fs: FileSystem): void {
  const folders = new Set<string>();
  for (const { path, content, mode } of steps) {
    const place = join(root, ...path.split('/'));
    const folder = dirname(place);
    if (!folders.has(folder)) fs.mkdirSync(folder, { recursive: true });
    folders.add(folder);
    fs.writeFileSync(place, content, { mode, flag: 'wx' });
    if (mode === 0o755) fs.chmodSync(place, mode); // the umask may have taken the run bit
  }
}

function toMove({ path, action }: Step, now: string): Move {
  return action === 'overwrite' ? { path, backup: `.devstack/backup/${now}/${path}` } : { path };
}

/** The parents that this run made, from the innermost outwards; never one that somebody else has used meanwhile. */
function removeEmpty(innermost: string, outermost: string, fs: FileSystem): void {
  for (let folder = innermost; folder.length >= outermost.length; folder = dirname(folder)) {
    if (fs.readdirSync(folder).length > 0) return;
    fs.rmdirSync(folder);
  }
}

function explain(cause: unknown, target: Target): unknown {
  const code = (cause as NodeJS.ErrnoException).code;
  const reason = code === undefined ? undefined : REASONS[code];
  if (reason === undefined) return cause;
  return new UserError([`Writing ${target.path} failed: ${reason} Nothing was written.`], 3);
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there. Choose a directory that is yours.',
  EPERM: 'the system does not allow it. Choose a directory that is yours.',
  EROFS: 'the file system is read-only. Choose a directory on another one.',
  ENOSPC: 'the disk is full. Free some space and run the command again.',
  EDQUOT: 'your disk quota is used up. Free some space and run the command again.',
  EMFILE: 'this process has too many files open. Raise the limit (ulimit -n) and run the command again.',
  ENAMETOOLONG: 'the path is too long for this system. Choose a shorter directory.',
  EBUSY: 'another program has something open there. Close it and run the command again.',
  EIO: 'the disk reports a fault. Check it, or choose a directory on another one.',
  EINVAL: 'this system does not take such a path. Choose another directory.',
  ENOENT: 'this system does not take such a path, or a folder on the way has vanished. Choose another directory.',
  EXDEV: 'the stage and the target lie on different devices. Choose a directory that is no mount point.',
};
