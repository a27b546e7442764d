/** What the system refuses, as a sentence for the person who can mend it. */
import { join } from 'node:path';
import { Interrupted, UserError } from '../errors.ts';
import { STAGE_WITHIN } from './stage.ts';
import type { Unfinished } from './undo.ts';

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'this user may not do that there. Choose a directory that is yours.',
  EPERM: 'the system does not allow it. Choose a directory that is yours.',
  EROFS: 'the file system is read-only. Choose a directory on another one.',
  ENOSPC: 'the disk is full. Free some space and run the command again.',
  EDQUOT: 'your disk quota is used up. Free some space and run the command again.',
  EMFILE: 'this process has too many files open. Raise the limit (ulimit -n) and run the command again.',
  ENFILE: 'this system has too many files open. Close some programs and run the command again.',
  ENAMETOOLONG: 'the path is too long for this system. Choose a shorter directory.',
  EBUSY: 'another program has something open there. Close it and run the command again.',
  EIO: 'the disk reports a fault. Check it, or choose a directory on another one.',
  EINVAL: 'this system does not take such a path. Choose another directory.',
  ELOOP: 'symbolic links on the way lead in a circle. Choose another directory.',
  ENOENT: 'this system does not take such a path, or a folder on the way has vanished. Choose another directory.',
  ENOTDIR: 'a file stands where a folder is to be. Choose another directory.',
  EEXIST: 'something has come to stand there meanwhile. Look at it, then run the command again.',
  ENOTEMPTY: 'something has come to stand there meanwhile. Look at it, then run the command again.',
  EXDEV: 'a folder in it is a mount point of its own, and files cannot be moved into that. Unmount it, or choose another directory.',
};

/**
 * @param doing what was tried, such as `Writing /home/me/app`
 * @returns UserError (exit 3) where a person can mend it, else the cause itself; to be thrown
 */
function explainRefusal(cause: unknown, doing: string): unknown {
  const reason = reasonOf(cause);
  return reason === undefined ? cause : new UserError([`${doing} failed: ${reason} Nothing was written.`], 3);
}

/** @param directory as the person gave it */
export function explainUnfinished({ left, cause, trigger }: Unfinished, directory: string): UserError {
  const begin = trigger === undefined ? `An earlier run was ended while it filled ${directory}.` : trigger instanceof Interrupted ? 'Interrupted.' : `Writing to ${directory} failed: ${whyOf(trigger)}.`;
  const paths = `${left.slice(0, 5).join(', ')}${left.length > 5 ? ` and ${left.length - 5} more` : ''}`;
  return new UserError([`${begin} Not undone of it: ${paths}, since ${whyOf(cause)}. Mend that, then run the same command again: it undoes the rest before anything else. To keep all as it is instead, remove ${join(directory, STAGE_WITHIN)}.`], 3);
}

/** The reason without its advice. */
function whyOf(cause: unknown): string {
  return reasonOf(cause)?.split('. ')[0] ?? String(cause);
}

function reasonOf(cause: unknown): string | undefined {
  return REASONS[(cause as NodeJS.ErrnoException).code ?? ''];
}

/**
 * Does what looks at the disk.
 * @param path what is looked at where the system does not name it
 * @throws UserError (exit 3) where the system refuses a look
 */
export function looking<Result>(path: string, look: () => Result): Result {
  try {
    return look();
  } catch (cause) {
    throw explainRefusal(cause, `Looking at ${(cause as NodeJS.ErrnoException).path ?? path}`);
  }
}

/**
 * Does what changes the disk.
 * @throws UserError (exit 3) where the system refuses it
 */
export async function writing<Result>(path: string, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (cause) {
    throw explainRefusal(cause, `Writing ${path}`);
  }
}
