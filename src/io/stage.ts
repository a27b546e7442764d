/** Where files are staged, and how what a killed run left there is found and undone. */
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { takeBack } from './journal.ts';
import type { Target } from './target.ts';

/** `.<target>.devstack-<process id>-<random>` */
const STAGE = /^\..+\.devstack-(\d+)-[0-9a-f]{8}$/;

/**
 * On the target's device, so that a rename moves what is in it: beside the target, which is then untouched to the last; within
 * it where it is a mount point, or the folder around it is not this user's. The process id tells a later run whether it is stale.
 */
export function stageFor(target: Target, pid: number, fs: FileSystem): string {
  const name = `.${basename(target.path) || 'root'}.devstack-${pid}-${randomBytes(4).toString('hex')}`;
  return join(target.exists && !canStageBeside(target.path, fs) ? target.path : dirname(target.path), name);
}

function canStageBeside(target: string, fs: FileSystem): boolean {
  const parent = dirname(target);
  try {
    fs.accessSync(parent, constants.W_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false;
  }
  return fs.statSync(parent).dev === fs.statSync(target).dev;
}

/** Undoes and removes what runs that were killed left in a folder. */
export function sweepStages(folder: string, fs: FileSystem, isAlive: (pid: number) => boolean): void {
  if (!fs.existsSync(folder) || !fs.statSync(folder).isDirectory()) return;
  for (const entry of fs.readdirSync(folder).map(String)) {
    const owner = STAGE.exec(entry)?.[1];
    if (owner === undefined || isAlive(Number(owner))) continue;
    takeBack(join(folder, entry), fs);
    fs.rmSync(join(folder, entry), { recursive: true, force: true });
  }
}
