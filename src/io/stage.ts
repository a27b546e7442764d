/** Where files are staged, and how what a killed run left there is found and undone. */
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import { takeBack } from './journal.ts';

/** `.<target>.devstack-<process id>-<random>` */
const STAGE = /^\..+\.devstack-(\d+)-[0-9a-f]{8}$/;

/** Beside the target, on its device, so that a rename moves it. The process id tells a later run whether it is stale. */
export function stageFor(target: string, pid: number): string {
  return join(dirname(target), `.${basename(target)}.devstack-${pid}-${randomBytes(4).toString('hex')}`);
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
