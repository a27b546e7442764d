/**
 * How much slower this machine is than the one whose times are the bars. A bar is a promise about that machine: on cores
 * of half its speed everything takes twice as long, and a test that fails there tells nothing of the project.
 */
import { execFileSync } from 'node:child_process';

/** Milliseconds of `node -e 0` on the machine for which the bars are. */
const THERE = 20.5;
const RUNS = 9;
/** What broke must be seen on a slow machine too. Where `node -e 0` took six times as long, a start took 2.7 times. */
const MOST = 3;

let known: number | undefined;

/** @returns one on that machine and on a faster one, at most three */
export function slowness(): number {
  known ??= Math.min(MOST, Math.max(1, median(Array.from({ length: RUNS }, timeNode)) / THERE));
  return known;
}

/** @returns what may be asked of this machine where `bar` is asked of that one */
export function barHere(bar: number): number {
  return bar * slowness();
}

function timeNode(): number {
  const start = performance.now();
  execFileSync(process.execPath, ['-e', '0'], { stdio: 'ignore' });
  return performance.now() - start;
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]!;
}
