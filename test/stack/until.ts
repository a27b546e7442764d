/** Waits for a condition, never for a time. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  readonly seconds: number;
  readonly every?: number;
}

/**
 * @returns the first value that `look` gives and that is not false, null or undefined; a throw counts as "not yet"
 * @throws after the time is over, with what was waited for and the last thing seen
 */
export async function until<T>(what: string, look: () => Promise<T> | T, { seconds, every = 100 }: Patience) {
  const end = performance.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    try {
      last = await look();
      if (last !== false && last !== null && last !== undefined) return last as Exclude<T, false | null | undefined>;
    } catch (error) {
      last = error;
    }
    if (performance.now() > end) throw new Error(`waited ${seconds} s in vain: ${what}`, { cause: last });
    await sleep(every);
  }
}

/** Seconds that `work` took, and what it gave. */
export async function timed<T>(work: () => Promise<T>): Promise<{ readonly seconds: number; readonly value: T }> {
  const start = performance.now();
  const value = await work();
  return { seconds: (performance.now() - start) / 1000, value };
}
