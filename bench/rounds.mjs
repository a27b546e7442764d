// Cases in, their times out, measured in interleaved rounds so that the machine's drift hits all of them alike.
import { runCase } from './run-case.mjs';

/** @typedef {Readonly<Partial<Record<import('./cases.mjs').Place, string>>>} Folders a temporary one for each place */
/** @typedef {import('./cases.mjs').Case & { times: readonly number[], files: number, fault?: string }} Result */

/**
 * @param {readonly import('./cases.mjs').Case[]} cases
 * @param {Folders} folders
 * @returns {readonly Result[]}
 */
export function measure(cases, folders) {
  const results = cases.map((one) => ({ ...one, ...warmUp(one, folders), times: /** @type {number[]} */ ([]) }));
  const rounds = Math.max(...cases.map((one) => one.rounds));
  for (let round = 0; round < rounds; round += 1) {
    // Each round begins with another case, so that none always follows the same disk-heavy one first.
    for (const result of rotate(results, round * 7)) {
      if (result.fault === undefined && isDue(result.rounds, round, rounds)) Object.assign(result, repeat(result, folders));
    }
  }
  return results;
}

/** Not counted: reads the files into the system's cache and shows what does not run. @param {import('./cases.mjs').Case} one @param {Folders} folders @returns {{ files: number, fault?: string }} */
function warmUp(one, folders) {
  const outcome = runCase(one, folders[one.place] ?? '');
  return 'fault' in outcome ? { files: 0, fault: outcome.fault } : { files: outcome.files };
}

/** @param {Result} result @param {Folders} folders @returns {Partial<Result>} */
function repeat(result, folders) {
  const outcome = runCase(result, folders[result.place] ?? '');
  if ('fault' in outcome) return { fault: `${outcome.fault}, in one run of several` };
  return { times: [...result.times, outcome.milliseconds] };
}

/** Spreads the rounds of a case that has fewer over all. @param {number} wanted @param {number} round @param {number} rounds */
function isDue(wanted, round, rounds) {
  return Math.floor(((round + 1) * wanted) / rounds) > Math.floor((round * wanted) / rounds);
}

/** @template T @param {readonly T[]} list @param {number} by @returns {readonly T[]} */
function rotate(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
