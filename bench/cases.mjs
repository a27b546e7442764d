// What is installed in, the list of the processes to time out. A case is data: one command line and what must come of it.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @typedef {'start' | 'help' | 'version' | 'write' | 'floor' | 'error'} Act */
/** @typedef {'disk' | 'memory'} Place a disk's own time for each new file can be most of a run; a file system in memory shows the program's part */

/**
 * @typedef {object} Case
 * @property {string} node which Node runs it, as `20.20.2`
 * @property {string} generator the package's name; `node` for the bare start
 * @property {Act} act
 * @property {Place} place where it runs
 * @property {readonly string[]} argv with the program first
 * @property {number} rounds how often it is timed
 * @property {number} exit the exit code that it must have
 * @property {string} [prints] what its standard output must contain, in any case of letters
 * @property {boolean} writes whether it must leave a folder `app` with files; else it must leave nothing
 */

export const PROJECT = ['app', '--celery', '--yes', '--no-git'];
const WRONG = ['My App', '--celry', '--yes', '--no-git'];

const BARE_WRITE = fileURLToPath(new URL('bare-write.mjs', import.meta.url));

/** @type {Place} */
const DISK = 'disk';

/** Rounds of the short processes; a peer is run in fewer, a slow one in fewer still. */
export const ROUNDS = 30;
const PEER_ROUNDS = 12;
const SLOW_ROUNDS = 5;
const QUICK_ROUNDS = 3;

/**
 * @param {import('./install.mjs').Installed} installed
 * @param {{ quick: boolean, places: readonly Place[], sample: string }} how `sample` is the document of bare-write.mjs
 * @returns {readonly Case[]}
 */
export function listCases({ nodes, own, peers }, { quick, places, sample }) {
  const everywhere = (/** @type {Case} */ one) => (one.writes ? places.map((place) => ({ ...one, place })) : [one]);
  const all = nodes.flatMap((node) => [...ownCases(node, own, sample), ...peers.flatMap((peer) => peerCases(node, peer))]).flatMap(everywhere);
  return quick ? all.map((one) => ({ ...one, rounds: QUICK_ROUNDS })) : all;
}

/**
 * @param {import('./install.mjs').InstalledNode} node
 * @param {import('./install.mjs').Own} own
 * @param {string} sample
 * @returns {readonly Case[]}
 */
function ownCases(node, { name, version, script }, sample) {
  const common = { node: node.version, generator: name, place: DISK, rounds: ROUNDS, exit: 0, writes: false };
  const run = [node.program, script];
  return [
    { ...common, generator: 'node', act: 'start', argv: [node.program, '-e', '0'] },
    { ...common, act: 'help', argv: [...run, '--help'], prints: '--celery' },
    { ...common, act: 'version', argv: [...run, '--version'], prints: version },
    { ...common, act: 'write', argv: [...run, ...PROJECT], writes: true },
    { ...common, act: 'floor', argv: [node.program, BARE_WRITE, sample], writes: true },
    { ...common, act: 'error', argv: [...run, ...WRONG], exit: 2 },
  ];
}

/**
 * @param {import('./install.mjs').InstalledNode} node
 * @param {import('./install.mjs').InstalledPeer} peer
 * @returns {readonly Case[]} less what the peer lacks or cannot do without the network
 */
function peerCases(node, { name, version, script, write, lacks = [], online = {}, slow }) {
  if (script === undefined) return [];
  const common = { node: node.version, generator: name, place: DISK, rounds: slow ? SLOW_ROUNDS : PEER_ROUNDS, exit: 0, writes: false };
  const run = [node.program, script];
  /** @type {readonly Case[]} */
  const cases = [
    { ...common, act: 'help', argv: [...run, '--help'], prints: '--' },
    { ...common, act: 'version', argv: [...run, '--version'], prints: version },
    { ...common, act: 'write', argv: [...run, ...write], writes: true },
  ];
  return cases.filter(({ act }) => !lacks.includes(act) && online[act] === undefined);
}

/** Where a case that writes leaves its project, below the folder in which it runs. @param {string} folder */
export const projectIn = (folder) => join(folder, 'app');
