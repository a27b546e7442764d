/** A start against the clock, and where its time went, kept for docs/benchmarks.md. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARTIFACTS } from './measured.ts';
import { dev, type Stack } from './stack.ts';
import { timed } from './until.ts';

export interface TimedStart {
  readonly seconds: number;
  /** Of each service when it was created, started and healthy; as the script prints it. */
  readonly timeline: string;
}

export async function timeStart(stack: Stack): Promise<TimedStart> {
  const { seconds, value } = await timed(() => dev(stack, 'start', '--timeline'));
  return { seconds, timeline: value.slice(value.lastIndexOf('\nservice ') + 1) };
}

/** build/docs.mjs reads it. */
export function keepTimeline(volumes: 'empty' | 'warm', { timeline }: TimedStart): void {
  writeFileSync(join(ARTIFACTS, `start-${volumes}.txt`), timeline);
}
