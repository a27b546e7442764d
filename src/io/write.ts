/** A Plan in, a directory out: all of it or nothing. */
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { Interrupted, UserError } from '../errors.ts';
import type { Plan } from '../plan/plan.ts';
import type { FileSystem } from './file-system.ts';
import type { Target } from './target.ts';

/** Stages lie beside the target, on its device, so that a rename moves them. The process id tells a later run whether one is stale. */
const STAGE = /^\..+\.devstack-(\d+)-[0-9a-f]{8}$/;

export interface WriteContext {
  readonly fs: FileSystem;
  /** Set once the process is asked to end; looked at before the stage takes the target's place. */
  readonly interrupted: () => Interrupted | undefined;
  readonly isAlive: (pid: number) => boolean;
  readonly pid: number;
}

/**
 * Writes the plan's files into a stage beside the target, then renames it into place.
 * @throws UserError (exit 3) where the system refuses a write; the target is then as it was
 * @throws Interrupted where the process was asked to end meanwhile; likewise
 */
export async function write(plan: Pick<Plan, 'files'>, target: Target, context: WriteContext): Promise<void> {
  const { fs } = context;
  const parent = dirname(target.path);
  const stage = join(parent, `.${basename(target.path)}.devstack-${context.pid}-${randomBytes(4).toString('hex')}`);
  let made: string | undefined;
  try {
    made = fs.mkdirSync(parent, { recursive: true });
    sweep(parent, context);
    fill(stage, plan.files, fs);
    await new Promise((resolve) => setImmediate(resolve)); // a signal that came meanwhile is handed over here
    const interrupted = context.interrupted();
    if (interrupted !== undefined) throw interrupted;
    if (target.exists) moveInto(stage, target.path, fs);
    else fs.renameSync(stage, target.path);
  } catch (cause) {
    fs.rmSync(stage, { recursive: true, force: true });
    if (made !== undefined) removeEmpty(parent, made, fs);
    throw explain(cause, target);
  }
  fs.rmSync(stage, { recursive: true, force: true });
}

/** What a run that was killed left beside the target. */
function sweep(parent: string, { fs, isAlive, pid }: WriteContext): void {
  for (const entry of fs.readdirSync(parent).map(String)) {
    const owner = Number(STAGE.exec(entry)?.[1] ?? pid);
    if (owner !== pid && !isAlive(owner)) fs.rmSync(join(parent, entry), { recursive: true, force: true });
  }
}

function fill(stage: string, files: Plan['files'], fs: FileSystem): void {
  fs.mkdirSync(stage);
  const folders = new Set([stage]);
  for (const { path, content, mode } of files) {
    const place = join(stage, ...path.split('/'));
    const folder = dirname(place);
    if (!folders.has(folder)) fs.mkdirSync(folder, { recursive: true });
    folders.add(folder);
    fs.writeFileSync(place, content, { mode, flag: 'wx' });
    if (mode === 0o755) fs.chmodSync(place, mode); // the umask may have taken the run bit
  }
}

/** The folder itself stays: it may be somebody's working directory. What was moved goes back where a later move fails. */
function moveInto(stage: string, target: string, fs: FileSystem): void {
  const moved: string[] = [];
  try {
    for (const entry of fs.readdirSync(stage).map(String)) {
      fs.renameSync(join(stage, entry), join(target, entry));
      moved.push(entry);
    }
  } catch (error) {
    for (const entry of moved.toReversed()) fs.renameSync(join(target, entry), join(stage, entry));
    throw error;
  }
}

/** The parents that this run made, from the innermost outwards; never one that somebody else has used meanwhile. */
function removeEmpty(innermost: string, outermost: string, fs: FileSystem): void {
  for (let folder = innermost; folder.length >= outermost.length; folder = dirname(folder)) {
    if (fs.readdirSync(folder).length > 0) return;
    fs.rmSync(folder, { recursive: true });
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
  EXDEV: 'the stage and the target lie on different devices. Choose a directory that is no mount point.',
};
