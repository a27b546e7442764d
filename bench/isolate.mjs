// Runs a script where there is no network, if this system can do that without asking anybody.
import { spawnSync } from 'node:child_process';

/** As root, and as a user whose system allows it. */
const WAYS = [
  ['unshare', '--net', '--'],
  ['unshare', '--net', '--map-current-user', '--'],
];

/** @returns {readonly string[] | undefined} the words to put before a command; undefined where the network cannot be taken away */
export function findIsolation() {
  if (process.platform !== 'linux') return undefined;
  return WAYS.find(([program = '', ...args]) => spawnSync(program, [...args, 'true'], { stdio: 'ignore' }).status === 0);
}

/** @param {readonly string[]} isolation @param {string} script @param {readonly string[]} args */
export function runNode(isolation, script, args) {
  const [program = '', ...rest] = [...isolation, process.execPath, script, ...args];
  const { status, error } = spawnSync(program, rest, { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${script} ended with ${status}`, { cause: error });
}
