// The tables that hold create-devstack beside its peers, one for each Node.
import { digest } from './statistics.mjs';
import { number, table } from './table.mjs';

/** @typedef {import('./rounds.mjs').Result} Result */
/** @typedef {import('./cases.mjs').Act} Act */
/** @typedef {{ name: string, version: string, script?: string | undefined, lacks?: readonly string[], online?: Readonly<Record<string, string>>, bytes?: number, packages?: number }} Row */

const HEAD = ['generator', '`--help` × node', '`--version` × node', 'files', 'write ms, disk', '× node', 'ms a file', 'write ms, memory', '× node', 'ms a file', 'installed'];

/** @param {import('./report.mjs').Measured} measured @returns {readonly string[]} */
export function peerTables({ installed: { nodes, own, peers }, results }) {
  return nodes.flatMap(({ version }) => {
    const here = results.filter(({ node }) => node === version);
    const start = here.find(({ act }) => act === 'start');
    if (start === undefined) return [];
    /** @type {readonly Row[]} */
    const all = [{ name: own.name, version: own.version, script: own.script, bytes: own.unpacked, packages: 1 }, ...peers];
    return [`### Node ${version}`, table(HEAD, all.map((row) => peerRow(row, here, start)))];
  });
}

/** @param {Row} row @param {readonly Result[]} here @param {Result} start @returns {readonly string[]} */
function peerRow(row, here, start) {
  const name = `${row.name} ${row.version}`;
  if (row.script === undefined) return [name, 'could not be installed', ...HEAD.slice(2).map(() => '')];
  const find = (/** @type {Act} */ act, /** @type {import('./cases.mjs').Place} */ place) =>
    here.find((result) => result.generator === row.name && result.act === act && result.place === place);
  const times = (/** @type {Act} */ act) => cell(row, act, find(act, 'disk'), (result) => number(digest(result, start).times, 2));
  const [disk, memory] = [find('write', 'disk'), find('write', 'memory')];
  const files = disk === undefined || disk.fault !== undefined ? '' : String(disk.files);
  const installed = `${row.packages} package${row.packages === 1 ? '' : 's'}, ${((row.bytes ?? 0) / 1e6).toFixed(1)} MB`;
  return [name, times('help'), times('version'), files, ...writeCells(row, disk, start), ...writeCells(row, memory, start), installed];
}

/** @param {Row} row @param {Result | undefined} result @param {Result} start @returns {readonly string[]} milliseconds, times, milliseconds a file */
function writeCells(row, result, start) {
  const first = cell(row, 'write', result, (ran) => number(digest(ran, start).median, 0));
  if (result === undefined || result.fault !== undefined) return [first, '', ''];
  const { times, aFile } = digest(result, start);
  return [first, number(times, 2), number(aFile, 2)];
}

/** @param {Row} row @param {Act} act @param {Result | undefined} result @param {(result: Result) => string} show @returns {string} */
function cell({ lacks = [], online = {} }, act, result, show) {
  if (lacks.includes(act)) return 'has none';
  if (online[act] !== undefined) return `needs the network (${online[act]})`;
  if (result === undefined) return 'not run';
  return result.fault === undefined ? show(result) : `did not run (${result.fault})`;
}
