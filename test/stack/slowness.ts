/** How much slower this machine is than the one whose times are the bars. */
import { execFileSync } from 'node:child_process';

/** Milliseconds of `node -e 0` there: docs/benchmarks.md. */
const THERE = 20.5;
const RUNS = 9;

let known: number | undefined;

/** @returns the bar, times what `node -e 0` takes longer here: one to three times, so that what is broken is seen on a slow machine too */
export function barHere(bar: number): number {
  known ??= Math.min(3, Math.max(1, median(Array.from({ length: RUNS }, timeNode)) / THERE));
  return bar * known;
}

function timeNode(): number {
  const start = performance.now();
  execFileSync(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
