/** The one road to the target, by real processes: killed at every step, stopped, several at once. */
import disk, { existsSync, lutimesSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { formatOwner } from '../../src/io/owner.ts';
import { identify } from '../../src/io/this-process.ts';
import { treeOf } from '../io/systems.ts';
import { canMount } from './mount.ts';
import { ENV, MAIN, makeRoom, POSIX, run } from './run.ts';
import { buildWriter, signalAt, stopAt, type Writer } from './writer.ts';

const tree = (root: string) => treeOf({ fs: disk, root });
const stagesIn = (room: string) => Object.keys(tree(room)).filter((path) => path.includes('devstack-stage'));

/** A step at which files of the plan are in their places, and others are not. */
const HALFWAY = 17;

let writer: Writer;
beforeAll(async () => void (writer = await buildWriter()), 60_000);

/** A folder that is there, with a repository that has nothing in it. */
function makeFolder(): string {
  const room = makeRoom();
  mkdirSync(join(room, 'app/.git'), { recursive: true });
  return room;
}

describe.runIf(POSIX)('after a run that was killed', () => {
  it.each([
    ['while it made the target', makeRoom],
    ['while it filled an empty folder', makeFolder],
  ])('%s, at any step, the same command makes the project', async (_, make) => {
    for (let index = 0; ; index += 1) {
      const room = make();
      const said = await signalAt('SIGKILL', index, writer, room, 'fail');
      if (said === 'beyond') return expect(index).toBeGreaterThan(10);
      const finished = existsSync(join(room, 'app/c.txt')) && !stagesIn(room).some((path) => path.endsWith('journal.json'));
      const { code, stderr } = await run(['app', '--no-git'], room);
      expect({ code, stderr }, `at call ${index}`).toEqual(finished ? { code: 3, stderr: expect.stringContaining('is not empty') } : { code: 0, stderr: '' });
      expect(readdirSync(room)).toEqual(['app']);
      expect(stagesIn(room)).toEqual([]);
      expect(existsSync(join(room, 'app/c.txt')), 'a file of the killed run').toBe(finished);
      rmSync(room, { recursive: true }); // here, since all of them at the end take too long
    }
  }, 120_000);

  it('--dry-run says what a real run would first undo, plans as if it were, and writes nothing', async () => {
    const room = makeFolder();
    await signalAt('SIGKILL', HALFWAY, writer, room, 'fail');
    const before = tree(room);
    expect(before).toHaveProperty(['app/.env']);
    const { code, stdout, stderr } = await run(['app', '--no-git', '--dry-run'], room);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('note An earlier run was ended while it filled app; a real run would first undo what that one began.');
    expect(stdout).toMatch(/^create {4}0600 .* \.env$/m);
    expect(tree(room)).toEqual(before);
    expect((await run(['app', '--no-git'], room)).stdout).toContain('what that one began was undone first');
  });

  it("what it had moved of the person's is back, where the run that undoes it is refused", async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'app'));
    writeFileSync(join(room, 'app/c.txt'), 'theirs');
    const before = tree(room);
    for (let index = 0; readdirSync(join(room, 'app')).includes('c.txt'); index += 1) await signalAt('SIGKILL', index, writer, room, 'overwrite'); // each undoes what the one before left
    const { code, stdout, stderr } = await run(['app', '--no-git'], room);
    expect(stdout).toContain('what that one began was undone first');
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('is not empty (it has c.txt)') });
    expect(tree(room)).toEqual(before);
  }, 120_000);
});

it('a journal that was cut short stops no later run', async () => {
  const room = makeFolder();
  const stage = join(room, 'app/.devstack-stage/unfinished-0');
  mkdirSync(stage, { recursive: true });
  writeFileSync(join(stage, 'journal.json'), '{"moves":[{"pa');
  expect((await run(['app', '--no-git'], room)).code).toBe(0);
  expect(stagesIn(room)).toEqual([]);
});

it('what a run on another machine holds, on a mount that both have, is left alone, and said to be', async () => {
  const room = makeFolder();
  const stage = join(room, 'app/.devstack-stage');
  mkdirSync(join(stage, formatOwner({ ...identify(), boot: 'another', machine: 'another', host: 'laptop' })), { recursive: true });
  age(stage, 0);
  const before = tree(room);
  const { code, stderr } = await run(['app', '--no-git'], room);
  expect(code).toBe(3);
  expect(stderr).toMatch(/^error A run of create-devstack on another machine, laptop, is writing to app\. Wait for it to end; if it was ended, rename .* to unfinished-\w+, and run the command again, which undoes what it left\.$/);
  expect(tree(room)).toEqual(before);
});

describe.runIf(POSIX)('while another run', () => {
  it.each([
    ['makes the target', makeRoom, 4],
    ['fills it', makeFolder, HALFWAY],
  ] as const)('%s, a second ends with 3 and one sentence, and leaves it alone', async (_, make, index) => {
    const room = make();
    const first = await stopAt(index, writer, room, 'fail');
    const before = tree(room);
    for (const args of [['app', '--no-git'], ['app', '--no-git', '--on-conflict', 'keep'], ['app', '--no-git', '--dry-run']]) {
      const { code, stderr } = await run(args, room);
      expect(code).toBe(3);
      expect(stderr).toMatch(/^error Another run of create-devstack \(process \d+\) is writing to app\. Wait for it to end, then run the command again\.$/);
    }
    expect(tree(room)).toEqual(before);
    expect(await first.goOn()).toBe('written');
    expect(stagesIn(room)).toEqual([]);
    expect(readFileSync(join(room, 'app/.env'), 'utf8')).toBe('A=b\n');
  });

  it('has been stopped, and is then killed, its work is undone', async () => {
    const room = makeFolder();
    const first = await stopAt(HALFWAY, writer, room, 'fail');
    expect((await run(['app', '--no-git'], room)).code).toBe(3);
    await first.kill();
    expect((await run(['app', '--no-git'], room)).code).toBe(0);
  });
});

it('of several that fill one folder at once, one writes its .env, and none mixes with it', async () => {
  const room = makeFolder();
  const runs = await Promise.all([1, 2, 3, 4].map(async () => run(['app', '--no-git', '--on-conflict', 'keep'], room)));
  const codes = runs.map(({ code }) => code).toSorted();
  expect(codes[0]).toBe(0);
  for (const { code, stderr } of runs) if (code !== 0) expect({ code, lines: stderr.split('\n').length }).toEqual({ code: 3, lines: 1 });
  expect(runs.filter(({ stdout }) => /^done \d{3} files written/m.test(stdout))).toHaveLength(1);
  expect(stagesIn(room)).toEqual([]);
});

it('two of one process too', async () => {
  const { create } = (await import(fileURLToPath(new URL('../../dist/index.cjs', import.meta.url)))) as typeof import('../../src/index.ts');
  const room = makeFolder();
  const results = await Promise.allSettled([create({ name: 'app' }, join(room, 'app'), 'keep'), create({ name: 'app' }, join(room, 'app'), 'keep')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(results[1]).toMatchObject({ reason: { exitCode: 3, message: expect.stringContaining('Another run of create-devstack') } });
  expect(stagesIn(room)).toEqual([]);
});

// As containers: process ids begin anew in each, so that the dead run's is often that of the next.
describe.runIf(canMount())('in containers', () => {
  /** @param host the name of the container, which one has that is started anew, and no other */
  const contained = (room: string, host: string, command: readonly string[], env: object = {}) =>
    execa('unshare', ['--map-root-user', '--uts', '--pid', '--fork', '--kill-child', '--mount-proc', 'sh', '-c', 'hostname "$0"; "$@"; exit $?', host, process.execPath, ...command], { cwd: room, env: { ...ENV, ...env }, reject: false, stdin: 'ignore' });
  const next = (room: string, host: string) => contained(room, host, [MAIN, 'app', '--no-git']);
  const killed = (room: string, host: string) => contained(room, host, [writer.script], writer.env('SIGKILL', HALFWAY, room, 'fail'));

  it('a killed run of one that has been started anew is found to be dead, though its process id is there again', async () => {
    const room = makeFolder();
    await killed(room, 'one');
    expect(readFileSync(join(room, 'app/.env'), 'utf8')).toBe('A=b\n');
    const { exitCode, stdout, stderr } = await next(room, 'one');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('what that one began was undone first');
    expect(stagesIn(room)).toEqual([]);
  });

  it('a killed run of another is left alone for a minute, and then undone; at once where a person says that it has ended', async () => {
    for (const told of [false, true]) {
      const room = makeFolder();
      // The container lives on: the number of its space, which says that it is another, is not given away again.
      const first = contained(room, 'one', ['-e', 'require("node:child_process").spawnSync(process.execPath, [process.argv[1]]); setInterval(() => {}, 1000)', writer.script], writer.env('SIGKILL', HALFWAY, room, 'fail'));
      onTestFinished(() => void first.kill('SIGKILL'));
      await expect.poll(() => existsSync(join(room, 'app/.env'))).toBe(true);
      const before = tree(room);
      const { exitCode, stderr } = await next(room, 'two');
      expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringMatching(/^error Another run of create-devstack \(process \d+ of one\) is writing to app, or was ended less than a minute ago\./) });
      expect(tree(room)).toEqual(before);
      const [, from = '', to = ''] = /rename (.*) to (unfinished-\w+)\.$/.exec(stderr) ?? [];
      if (told) renameSync(from, join(from, '..', to));
      else age(join(room, 'app'), Date.now() / 1000 - 61);
      expect((await next(room, 'two')).exitCode).toBe(0);
      expect(existsSync(join(room, 'app/c.txt'))).toBe(false);
      expect(stagesIn(room)).toEqual([]);
    }
  });

  it('a living run of another is left alone', async () => {
    const room = makeFolder();
    const first = contained(room, 'one', [writer.script], writer.env('SIGSTOP', HALFWAY, room, 'fail'));
    await expect.poll(() => existsSync(join(room, 'app/.env'))).toBe(true);
    const before = tree(room);
    expect((await next(room, 'two')).exitCode).toBe(3);
    expect((await run(['app', '--no-git'], room)).code).toBe(3);
    expect(tree(room)).toEqual(before);
    first.kill('SIGKILL');
    await first;
  });
});

function age(path: string, time: number): void {
  if (statSync(path).isDirectory()) for (const entry of readdirSync(path)) age(join(path, entry), time);
  lutimesSync(path, time, time);
}
