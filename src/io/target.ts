/** What stands where the project shall go. */
import { basename, dirname, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { FileSystem } from './file-system.ts';
import { STAGE_WITHIN } from './stage.ts';

export interface Target {
  /** Absolute. */
  readonly path: string;
  /** A folder that exists is filled, not replaced: it may be somebody's working directory. */
  readonly exists: boolean;
}

type Look = Pick<FileSystem, 'lstatSync' | 'statSync' | 'readdirSync'>;

/** What may lie in a folder that counts as empty. */
const IGNORED: ReadonlySet<string> = new Set(['.git', STAGE_WITHIN]);

/**
 * @param directory as the person gave it, seen from `cwd`
 * @throws UserError (exit 3) where no folder can be
 */
export function findTarget(directory: string, cwd: string, fs: Look): Target {
  const path = resolve(cwd, directory);
  inspectParents(path, directory, fs);
  const kind = fs.lstatSync(path, { throwIfNoEntry: false });
  if (kind === undefined) return { path, exists: false };
  if (kind.isSymbolicLink()) throw conflict(directory, 'is a symbolic link', 'Give the folder that it leads to.');
  if (!kind.isDirectory()) throw conflict(directory, 'is a file', 'Choose another directory.');
  return { path, exists: true };
}

/**
 * @param onConflict `fail` refuses a folder that has files; the others leave that to the diff of each file
 * @throws UserError (exit 3)
 */
export function inspectTarget({ path, exists }: Target, directory: string, fs: Look, onConflict: 'fail' | 'keep' | 'overwrite'): void {
  if (!exists || onConflict !== 'fail') return;
  const entries = fs.readdirSync(path).map(String).filter((entry) => !IGNORED.has(entry));
  if (entries.length === 0) return;
  const advice = 'Choose another directory, or pass --on-conflict keep to add only what is not there.';
  throw conflict(directory, `is not empty (it has ${list(entries)})`, advice);
}

/** A file among the parents would only show when the stage is made, with a message that names the wrong path. */
function inspectParents(path: string, directory: string, fs: Look): void {
  const parent = dirname(path);
  if (parent === path) return;
  inspectParents(parent, directory, fs);
  const kind = fs.statSync(parent, { throwIfNoEntry: false });
  if (kind !== undefined && !kind.isDirectory()) throw conflict(directory, `cannot be made, since ${basename(parent)} is a file`, 'Choose another directory.');
}

function conflict(directory: string, what: string, advice: string): UserError {
  return new UserError([`The target ${directory} ${what}. ${advice}`], 3);
}

function list(entries: readonly string[]): string {
  return entries.length <= 3 ? entries.join(', ') : `${entries.slice(0, 3).join(', ')} and ${entries.length - 3} more`;
}
