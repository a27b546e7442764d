/** Options and a directory in, a project on disk out: reads the templates, plans, writes. */
import fs from 'fs-extra';
import { Interrupted, UserError } from './errors.ts';
import { inspectTarget } from './io/target.ts';
import { readTemplates } from './io/templates.ts';
import { write } from './io/write.ts';
import type { Options } from './options/resolve.ts';
import type { Facts } from './plan/facts.ts';
import { plan } from './plan/plan.ts';

export interface Created {
  /** Absolute. */
  readonly path: string;
  readonly files: number;
  readonly milliseconds: number;
}

/**
 * @param directory relative to the working directory, or absolute
 * @throws UserError where the target is in conflict or cannot be written; it is then as it was
 * @throws Interrupted where the process was asked to end before the project took its place
 */
export async function create(options: Options, directory: string, facts: Facts): Promise<Created> {
  const started = performance.now();
  const target = inspectTarget(directory, process.cwd(), fs);
  const project = plan(options, readTemplates(), facts);
  await untilSignal((interrupted) => write(project, target, { fs, interrupted, isAlive, pid: process.pid }));
  return { path: target.path, files: project.files.length, milliseconds: performance.now() - started };
}

/** @returns one sentence where the directory cannot be the target */
export function refuseTarget(directory: string): string | undefined {
  try {
    inspectTarget(directory, process.cwd(), fs);
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** Holds SIGINT and SIGTERM back, so that a write is either finished or undone. */
async function untilSignal(run: (interrupted: () => Interrupted | undefined) => Promise<void>): Promise<void> {
  let received: Interrupted | undefined;
  const onInterrupt = () => void (received ??= new Interrupted(130));
  const onTerminate = () => void (received ??= new Interrupted(143));
  process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  try {
    await run(() => received);
  } finally {
    process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
  }
}

/** Signal 0 only asks: EPERM means that the process is there and somebody else's. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
