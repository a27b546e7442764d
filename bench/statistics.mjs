// Results in, the numbers that the report shows out.

/** @typedef {import('./rounds.mjs').Result} Result */

/** @param {readonly number[]} times @returns {number} */
export function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? (sorted[Math.floor(middle)] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** @typedef {{ median: number, fastest: number, times: number, fastestTimes: number, aFile: number }} Numbers */

/**
 * @param {Result} result
 * @param {Result} start `node -e 0` of the same Node in the same run
 * @returns {Numbers} milliseconds; `times` is the median over the median of the start, `fastestTimes` likewise;
 *   `aFile` is what the process took longer than the start, for each file that it wrote
 */
export function digest(result, start) {
  const [mine, base] = [median(result.times), median(start.times)];
  const [fastest, fastestBase] = [Math.min(...result.times), Math.min(...start.times)];
  return { median: mine, fastest, times: mine / base, fastestTimes: fastest / fastestBase, aFile: (mine - base) / result.files };
}
