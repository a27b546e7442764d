/** The command as CI and scripts run it: without a terminal. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { formatCommand } from '../../src/plan/command.ts';
import { measureHost } from '../../src/io/facts.ts';
import { resolve } from '../../src/options/resolve.ts';
import { differences, formatOverride } from '../../src/options/service-limits.ts';
import { answersOf, optionsOf } from '../fixtures.ts';
import { ENV, MAIN, makeRoom, POSIX, run } from './run.ts';

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

it('writes the project, says what it took, and how to make it again', async () => {
  const room = makeRoom();
  const { code, stdout, stderr } = await run(['app', '--celery', '--yes', '--no-git'], room);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Not given, so taken as: --name app --no-websockets --proxy-port 80');
  expect(stdout).toContain('./docker-dev.sh start');
  expect(stdout).toContain(formatCommand(optionsOf({ celery: true })));
  expect(readdirSync(room)).toEqual(['app']);
});

it.runIf(POSIX)('lets nobody else read the secrets, and everybody run the scripts', async () => {
  const room = makeRoom();
  await run(['app', '--no-git'], room);
  expect(statSync(join(room, 'app/.env')).mode & 0o777).toBe(0o600);
  expect(statSync(join(room, 'app/docker-dev.sh')).mode & 0o111).toBe(0o111);
});

it('every project has secrets of its own, and none of them is printed', async () => {
  const room = makeRoom();
  const runs = [await run(['one', '--no-git'], room), await run(['two', '--no-git'], room)];
  const secrets = ['one', 'two'].flatMap((name) =>
    [...readFileSync(join(room, name, '.env'), 'utf8').matchAll(/^(?:DJANGO_SECRET_KEY|POSTGRES_PASSWORD|REDIS_PASSWORD)=(.+)$/gm)].map((match) => match[1] ?? ''),
  );
  expect(new Set(secrets).size).toBe(6);
  for (const secret of secrets) {
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain(secret);
  }
});

describe('standard input', () => {
  it.each([
    ['closed or /dev/null', { stdin: 'ignore' }],
    ['an open pipe that never ends', { stdin: 'pipe' }],
    ['a pipe with text in it', { input: 'y\n\n\n' }],
  ] as const)('%s: never asks, never hangs', async (_, stdin) => {
    const room = makeRoom();
    const { code } = await run(['app', '--no-git'], room, stdin);
    expect(code).toBe(0);
    expect(filesIn(join(room, 'app'))).toContain('docker-compose.yml');
  });

  it.runIf(POSIX)('really closed: never asks, never hangs', async () => {
    const room = makeRoom();
    const result = await execa('sh', ['-c', '"$0" "$1" app --no-git <&-', process.execPath, MAIN], { cwd: room, env: ENV, timeout: 10_000 });
    expect(result.exitCode).toBe(0);
  });

  it('without a directory it is an error, not a question', async () => {
    const { code, stdout, stderr } = await run([], makeRoom(), { stdin: 'pipe' });
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(/^error A directory is needed\. With every choice, in one line: npm create .* --yes$/) });
  });
});

it('all faults are told at once, and nothing is written', async () => {
  const room = makeRoom();
  const { code, stdout, stderr } = await run(['My App', '--celry', '--db-port', '80', '--limit', 'redis.cpus=0.1'], room);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr.split('\n')).toEqual([
    expect.stringContaining('Did you mean --celery?'),
    expect.stringContaining('try my-app, as --name'),
    expect.stringContaining('--db-port: host port 80 would be shared by proxy and db'),
    expect.stringContaining('redis.cpus=0.1 is below its reservation of 0.25'),
  ]);
  expect(readdirSync(room)).toEqual([]);
});

it('an error in the input is told within 150 ms', async () => {
  // The fastest of several, since what else the machine does is not ours; nor are certificates that Node reads at its start.
  const env = { ...ENV, NODE_EXTRA_CA_CERTS: undefined };
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 20 && fastest >= 150; round += 1) {
    const started = performance.now();
    expect((await run(['My App'], tmpdir(), { env })).code).toBe(2);
    fastest = Math.min(fastest, performance.now() - started);
  }
  expect(fastest).toBeLessThan(150);
});

it('a target that has files is refused, and stays as it is', async () => {
  const room = makeRoom();
  mkdirSync(join(room, 'app'));
  writeFileSync(join(room, 'app/mine.txt'), 'mine');
  const { code, stderr } = await run(['app', '--yes'], room);
  expect(code).toBe(3);
  expect(stderr).toBe('error The target app is not empty (it has mine.txt). Choose another directory, or pass --on-conflict keep to add only what is not there.');
  expect(filesIn(room)).toEqual(['app', 'app/mine.txt']);
});

it('--limits fit scales the table to this machine, and says what it chose', async () => {
  const room = makeRoom();
  const { stdout } = await run(['app', '--limits', 'fit', '--limit', 'redis.memory=200m', '--no-git'], room);
  expect(stdout).toMatch(/note The limits were fitted to this machine \(\d+ CPUs, \d+ MiB\).*redis\.memory=200m/);
  const { options } = resolve(answersOf({ limits: 'fit', limit: [{ service: 'redis', key: 'memory', value: 200 }] }), measureHost());
  const written = JSON.parse(readFileSync(join(room, 'app/.devstack/answers.json'), 'utf8')) as { limit: string[] };
  expect(written.limit).toEqual(differences(options.limits).map(formatOverride));
});

it.each(['--help', '-h'])('%s shows help, and wins over faults', async (flag) => {
  const { code, stdout } = await run([flag, '--celry'], makeRoom());
  expect(code).toBe(0);
  expect(stdout).toContain('Usage: npm create devstack@latest');
});

it('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  expect(await run(['--version'], makeRoom())).toEqual({ code: 0, stdout: version, stderr: '' });
});

it.runIf(POSIX)('a reader that ends the pipe early does not end the work', async () => {
  const room = makeRoom();
  const { stderr, exitCode } = await execa('bash', ['-c', 'set -o pipefail; "$0" "$1" app --no-git | head -n 1 >/dev/null', process.execPath, MAIN], { cwd: room, env: ENV });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(readdirSync(join(room, 'app'))).toContain('docker-compose.yml');
});
