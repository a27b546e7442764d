/** The built command as a process, in a room of its own. */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa, type Options } from 'execa';
import { afterAll } from 'vitest';
import { AGENTS } from '../../src/cli/terminal.ts';

export const MAIN = fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));

/** Whether files have modes, links need no rights, and a shell is there to call. */
export const POSIX = process.platform !== 'win32';

const rooms: string[] = [];
afterAll(() => rooms.forEach((room) => rmSync(room, { recursive: true, force: true })));

/** An empty folder that is removed when the tests of the file are over. */
export function makeRoom(): string {
  const room = realpathSync(mkdtempSync(join(tmpdir(), 'devstack-')));
  rooms.push(room);
  return room;
}

/** Longer than any run takes; a run that asks or hangs is ended by it, and fails its test. */
const HANG = 10_000;

export interface Result {
  readonly code: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The environment of a person, not of a CI or a coding agent. */
export const ENV = { ...process.env, CI: '', ...Object.fromEntries(AGENTS.map((name) => [name, undefined])), NO_COLOR: '1', FORCE_COLOR: undefined };

export async function run(args: readonly string[], cwd: string, options: Options = {}): Promise<Result> {
  const result = await execa(process.execPath, [MAIN, ...args], {
    cwd,
    reject: false,
    timeout: HANG,
    ...('input' in options ? {} : { stdin: 'ignore' as const }),
    env: ENV,
    ...options,
  });
  if (result.timedOut) throw new Error(`create-devstack ${args.join(' ')} hung`);
  return { code: result.exitCode, stdout: String(result.stdout), stderr: String(result.stderr) };
}
