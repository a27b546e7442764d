/** A target in, where its files are staged out, and so where another run sees that they are. */
import { basename, dirname, join } from 'node:path';
import type { FileSystem } from './file-system.ts';
import type { Target } from './target.ts';

const SUFFIX = '.devstack-stage';

/** In the list of what lies in a folder: not the person's. */
export const STAGE_WITHIN = SUFFIX;

/**
 * One folder for each target, so that it is the lock too; on the target's device, so that a rename moves what is in it.
 * Within a target that exists: every run that can fill it sees it there, be the target a mount point, the volume of a
 * container, or in a folder that is somebody else's. Beside one that does not, which then comes to be as a whole.
 */
export function stageFor(target: Target): string {
  return target.exists ? join(target.path, STAGE_WITHIN) : stageBeside(target);
}

function stageBeside({ path }: Target): string {
  return join(dirname(path), `.${basename(path)}${SUFFIX}`);
}

/** @returns whether any run has, or had, to do with the target: one that is there may have been made by a run that was killed then */
export function hasStage(target: Target, fs: Pick<FileSystem, 'existsSync'>): boolean {
  return fs.existsSync(stageFor(target)) || fs.existsSync(stageBeside(target));
}

/** @returns the stages in a folder, for targets in it that are not there yet; none where the folder must not be listed */
export function stagesIn(folder: string, fs: FileSystem): readonly string[] {
  try {
    const names = fs.readdirSync(folder).map(String);
    return names.filter((name) => name.endsWith(SUFFIX) && name !== STAGE_WITHIN).map((name) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return [];
  }
}
