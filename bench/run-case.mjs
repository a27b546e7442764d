// One case in, one whole process out: its wall time, or why that does not count.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectIn } from './cases.mjs';
import { treeSize } from './tree-size.mjs';

/** @typedef {{ milliseconds: number, files: number } | { fault: string }} Outcome */

const LIMIT = 60_000;

/**
 * @param {import('./cases.mjs').Case} one
 * @param {string} folder a temporary one; the process gets a fresh folder in it, and a home that is kept
 * @returns {Outcome}
 */
export function runCase(one, folder) {
  const [home, cwd] = [join(folder, 'home'), join(folder, 'here')];
  mkdirSync(home, { recursive: true });
  mkdirSync(cwd);
  try {
    const [program = '', ...args] = one.argv;
    const env = ciEnvironment(program, home);
    const started = performance.now();
    const result = spawnSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT });
    const milliseconds = performance.now() - started;
    const fault = findFault(one, result, cwd);
    return fault === undefined ? { milliseconds, files: one.writes ? treeSize(projectIn(cwd)).files : 0 } : { fault };
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** A generator that fails is often fast: nothing is timed that did not do its work. @param {import('./cases.mjs').Case} one @param {import('node:child_process').SpawnSyncReturns<string>} result @param {string} cwd */
function findFault({ exit, prints, writes }, { status, signal, stdout }, cwd) {
  if (status !== exit) return status === null ? `ended by ${signal}` : `exit ${status}`;
  if (prints !== undefined && !stdout.toLowerCase().includes(prints)) return `exit ${status}, not printing what it should`;
  if (!writes) return readdirSync(cwd).length === 0 ? undefined : `exit ${status}, leaving files`;
  return existsSync(projectIn(cwd)) && treeSize(projectIn(cwd)).files > 1 ? undefined : `exit ${status}, writing nothing`;
}

/** As in CI, and nothing of the caller's own: `npm run` leaves npm's settings behind. @param {string} program @param {string} home @returns {NodeJS.ProcessEnv} */
function ciEnvironment(program, home) {
  const kept = ['SystemRoot', 'ComSpec', 'PATHEXT', 'WINDIR'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return {
    ...Object.fromEntries(kept),
    PATH: [dirname(program), process.env['PATH'] ?? ''].join(process.platform === 'win32' ? ';' : ':'),
    HOME: home,
    USERPROFILE: home,
    TMPDIR: home,
    TEMP: home,
    CI: '1',
    NO_COLOR: '1',
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
    NEXT_TELEMETRY_DISABLED: '1',
    NG_CLI_ANALYTICS: 'false',
    ASTRO_TELEMETRY_DISABLED: '1',
  };
}
