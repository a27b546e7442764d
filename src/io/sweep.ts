/** What dead runs left beside other targets is removed: nothing of anybody's is in it, since those targets never came to be. */
import { UserError } from '../errors.ts';
import { lock, type LockContext } from './lock.ts';
import { stagesIn } from './stage.ts';

/** @param own the stage of this run; whatever stands in the way at another is no reason to fail */
export async function sweepBeside(own: string, folder: string, context: LockContext): Promise<void> {
  for (const stage of stagesIn(folder, context.fs).filter((path) => path !== own)) {
    try {
      const { release } = await lock(stage, stage, () => false, { ...context, patience: 0 });
      release();
    } catch (error) {
      if (!(error instanceof UserError) && (error as NodeJS.ErrnoException).code === undefined) throw error; // else its run lives, or it is somebody else's
    }
  }
}
