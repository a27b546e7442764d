/** What a run does not need is not loaded, and nothing is ever fetched. Shown by taking it away. */
import { copyFileSync, cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { ENV, makeRoom, MAIN } from '../process/run.ts';

const DIST = dirname(MAIN);

it.each(['--help', '--version'])('%s needs the entry alone: no prompts, no templates, no module beside it', async (flag) => {
  const room = makeRoom();
  copyFileSync(MAIN, join(room, 'bin.cjs'));
  const { exitCode, stdout } = await execa(process.execPath, ['bin.cjs', flag], { cwd: room, env: ENV });
  expect(exitCode).toBe(0);
  expect(stdout).not.toBe('');
});

it('without a terminal and without git neither prompts nor a way to run programs are loaded', async () => {
  const room = makeRoom();
  cpSync(DIST, join(room, 'dist'), { recursive: true });
  for (const name of ['ask', 'program', 'git', 'start', 'doctor', 'completion']) rmSync(join(room, 'dist', `${name}.cjs`));
  const { exitCode } = await execa(process.execPath, ['dist/bin.cjs', 'app', '--no-git'], { cwd: room, env: ENV, stdin: 'ignore' });
  expect(exitCode).toBe(0);
});

it('no network call is made', async () => {
  const room = makeRoom();
  mkdirSync(join(room, 'work'));
  const guard = join(room, 'guard.cjs');
  writeFileSync(
    guard,
    `const refuse = (what) => () => { process.stderr.write('network: ' + what); process.exit(99); };
     require('node:net').Socket.prototype.connect = refuse('connect');
     require('node:dns').lookup = refuse('lookup');
     require('node:dgram').createSocket = refuse('datagram');
     globalThis.fetch = refuse('fetch');`,
  );
  const run = (args: readonly string[]) => execa(process.execPath, ['--require', guard, MAIN, ...args], { cwd: join(room, 'work'), env: ENV, stdin: 'ignore', reject: false });
  expect(await run(['app', '--celery'])).toMatchObject({ exitCode: 0, stderr: '' });
  // The guard itself works:
  const probe = await execa(process.execPath, ['--require', guard, '-e', "require('node:net').connect(1)"], { reject: false });
  expect(probe.exitCode).toBe(99);
});
