// The tables of create-devstack itself: its processes against their bars, and its package.
import { ERROR_MILLISECONDS, MILLISECONDS_A_FILE, PACKED_BYTES, TIMES_OVER_LOOP, TIMES_OVER_NODE, UNPACKED_BYTES } from './bars.mjs';
import { digest } from './statistics.mjs';
import { number, table } from './table.mjs';

/** @typedef {import('./rounds.mjs').Result} Result */
/** @typedef {import('./statistics.mjs').Numbers} Numbers */

/** @param {import('./report.mjs').Measured} measured @returns {readonly string[]} */
export function ownTables({ installed: { nodes, own }, results }) {
  return nodes.flatMap(({ version }) => {
    const here = results.filter(({ node, generator }) => node === version && (generator === own.name || generator === 'node'));
    const start = here.find(({ act }) => act === 'start');
    if (start === undefined) return [];
    const head = ['what', 'median ms', 'fastest ms', '× node', '× by fastest', 'bar', 'held'];
    const rows = here.flatMap((result) => ownRows(result, start, here));
    return [`### Node ${version}`, table(head, rows)];
  });
}

/** @type {Readonly<Record<import('./cases.mjs').Act, string>>} */
const NAMES = { start: '`node -e 0`', help: '`--help`', version: '`--version`', write: 'write a project', floor: 'the same files, by a bare loop', error: 'an error in the input' };

/** @type {Readonly<Record<import('./cases.mjs').Place, string>>} */
const PLACES = { disk: 'on disk', memory: 'in memory' };

/** @param {Result} result @param {Result} start @param {readonly Result[]} all of the same Node @returns {readonly (readonly string[])[]} */
function ownRows(result, start, all) {
  const name = result.writes ? `${NAMES[result.act]}, ${PLACES[result.place]}` : NAMES[result.act];
  if (result.fault !== undefined) return [[name, `did not run (${result.fault})`, '', '', '', '', 'no']];
  const numbers = digest(result, start);
  const cells = [number(numbers.median, 1), number(numbers.fastest, 1), number(numbers.times, 2), number(numbers.fastestTimes, 2)];
  const row = [name, ...cells, ...bar(result, numbers, start, all)];
  if (!result.writes) return [row];
  return [row, [`… ms a file, ${result.files} files`, number(numbers.aFile, 2), '', '', '', ...(result.act === 'write' && result.place === 'memory' ? [`${MILLISECONDS_A_FILE} ms`, held(numbers.aFile, MILLISECONDS_A_FILE)] : ['', ''])]];
}

/** @param {Result} result @param {Numbers} numbers @param {Result} start @param {readonly Result[]} all */
function bar({ act, place }, numbers, start, all) {
  if (act === 'error') return [`${ERROR_MILLISECONDS} ms`, held(numbers.median, ERROR_MILLISECONDS)];
  const loop = all.find((other) => other.act === 'floor' && other.place === place && other.fault === undefined);
  if (act === 'write' && loop !== undefined) {
    const times = numbers.median / digest(loop, start).median;
    return [`${TIMES_OVER_LOOP} × the loop: ${number(times, 2)}`, held(times, TIMES_OVER_LOOP)];
  }
  const times = TIMES_OVER_NODE[act];
  return times === undefined ? ['', ''] : [`${times} ×`, held(numbers.times, times)];
}

/** @param {import('./install.mjs').Own} own @returns {string} */
export function packageTable({ packed, unpacked, files, dependencies }) {
  return table(
    ['what', 'measured', 'bar', 'held'],
    [
      ['packed', kilobytes(packed), kilobytes(PACKED_BYTES), held(packed, PACKED_BYTES)],
      ['unpacked', kilobytes(unpacked), kilobytes(UNPACKED_BYTES), held(unpacked, UNPACKED_BYTES)],
      ['files', String(files), '', ''],
      ['dependencies', String(dependencies), '0', held(dependencies, 0)],
    ],
  );
}

/** @param {number} value @param {number} limit */
const held = (value, limit) => (value <= limit ? 'yes' : 'no');

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
