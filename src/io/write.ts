/** The steps of a survey in, a directory out: all of them or none. */
import { dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { FILES, moveAll, type Move } from './journal.ts';
import { explainRefusal } from './refusal.ts';
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
 * Stages whatever is to be created or overwritten, then renames it into place.
 * @throws UserError (exit 3) where the system refuses a write; the target is then as it was
 * @throws what `check` throws; likewise
 */
export async function write(steps: readonly Step[], target: Target, context: WriteContext): Promise<void> {
  const { fs } = context;
  const parent = dirname(target.path);
  const stage = stageFor(target, context.pid, fs);
  const changing = steps.filter(({ action }) => action === 'create' || action === 'overwrite');
  if (target.exists && changing.length === 0) return;
  const parents: string[] = [];
  try {
    makeFolder(parent, fs, parents);
    fs.mkdirSync(stage);
    fill(join(stage, FILES), changing, fs);
    await context.check();
    if (target.exists) await moveAll(stage, target.path, changing.map((step) => toMove(step, context.now)), context);
    else place(join(stage, FILES), target.path, fs);
  } catch (cause) {
    fs.rmSync(stage, { recursive: true, force: true });
    removeEmpty(parents, fs);
    throw explainRefusal(cause, `Writing ${target.path}`);
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

/**
 * One folder at a time, with those above it that lack: with `recursive`, Node tries for ever where the system answers ENOENT,
 * as Linux does in /proc.
 * @param made gets every folder that was made, outermost first
 */
function makeFolder(folder: string, fs: FileSystem, made: string[]): void {
  const parent = dirname(folder);
  if (parent === folder || fs.existsSync(folder)) return;
  makeFolder(parent, fs, made);
  try {
    fs.mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return; // somebody else was quicker
    throw error;
  }
  made.push(folder);
}

function fill(root: string, steps: readonly Step[], fs: FileSystem): void {
  fs.mkdirSync(root);
  const folders = new Set([root]);
  const ensure = (folder: string): void => {
    if (folders.has(folder)) return;
    ensure(dirname(folder));
    fs.mkdirSync(folder);
    folders.add(folder);
  };
  for (const { path, content, mode } of steps) {
    const place = join(root, ...path.split('/'));
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

function toMove({ path, action }: Step, now: string): Move {
  return action === 'overwrite' ? { path, backup: `.devstack/backup/${now}/${path}` } : { path };
}

/** @param folders that this run made, outermost first; one that somebody else has used meanwhile stays */
function removeEmpty(folders: readonly string[], fs: FileSystem): void {
  for (const folder of folders.toReversed()) {
    if (fs.readdirSync(folder).length > 0) return;
    fs.rmdirSync(folder);
  }
}
