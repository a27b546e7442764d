/** The machine that this runs on, as the System that the checks ask. */
import { readdir, readFile, realpath, stat, statfs } from 'node:fs/promises';
import { networkInterfaces } from 'node:os';
import { measureHost } from '../io/facts.ts';
import { findListeners } from '../io/listening-ports.ts';
import { runProgram } from '../io/program.ts';
import type { Ran, System } from './system.ts';

/** Milliseconds; Docker answers in a tenth of a second, and one that hangs must not hang the doctor. */
const PATIENCE = 5000;

/** @param env for the programs that are run; PATH says where they are */
export function realSystem(env: NodeJS.ProcessEnv = process.env, patience: number = PATIENCE): System {
  const { cpus, memory } = measureHost();
  return {
    platform: process.platform,
    cpus,
    memory: memory * 1024 ** 2,
    now: () => Date.now(),
    run: async (program, args, cwd) => run(program, args, { env, patience, cwd }),
    readText: async (path) => unlessUnreadable(readFile(path, 'utf8')),
    list: async (path) =>
      unlessUnreadable(readdir(path, { withFileTypes: true }).then((all) => all.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() })))),
    stat: async (path) =>
      unlessUnreadable(stat(path).then(({ mode, mtimeMs, birthtimeMs, dev }) => ({ mode: mode & 0o777, modified: mtimeMs, born: birthtimeMs, device: dev }))),
    realPath: async (path) => unlessUnreadable(realpath(path)),
    freeSpace: async (path) => unlessUnreadable(statfs(path).then(({ bavail, bsize }) => bavail * bsize)),
    listeners: findListeners,
    addresses: Object.values(networkInterfaces()).flatMap((all = []) => all.map(({ address }) => address)),
  };
}

interface Circumstances {
  readonly env: NodeJS.ProcessEnv;
  readonly patience: number;
  readonly cwd: string | undefined;
}

async function run(program: string, args: readonly string[], { env, patience, cwd }: Circumstances): Promise<Ran> {
  const own = { ...withoutInherited(), ...env };
  const result = await runProgram(program, args, { env: own, stdin: 'ignore', ...(cwd === undefined ? {} : { cwd }) }, patience);
  if (result.late) return { status: 'slow' };
  if (result.code === 'ENOENT') return { status: 'missing' };
  return result.failed ? { status: 'failed', stderr: result.stderr } : { status: 'ok', stdout: result.stdout };
}

/** Every variable of this process, unset: the runner adds to them, and the programs are to see those that were given alone. */
function withoutInherited(): Record<string, undefined> {
  return Object.fromEntries(Object.keys(process.env).map((name) => [name, undefined]));
}

/** What the system refuses is an answer; what carries no code of the system is a fault of ours. */
async function unlessUnreadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
