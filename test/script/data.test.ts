/** Backup, restore, reset and the database's password: nothing is lost whatever fails, and nothing is said that is not so. */
import { spawn } from '@lydell/node-pty';
import { execa } from 'execa';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, calls, environment, fake, model, project, run, STACK } from './sandbox.ts';

const CHANGING = /dropdb|RENAME|ALTER|-delete|rm -rf|\bdown\b|\bstop\b|mv -t/;
const changes = () => calls().filter((call) => CHANGING.test(call));

beforeEach(() => writeFileSync(join(project, '.env'), 'POSTGRES_PASSWORD=s3cret\n'));

describe('backup', () => {
  it('is one private file, whose parts have the checksums that its manifest tells', async () => {
    const { exitCode, stdout } = await run(['backup', 'mine.tar']);
    expect(stdout).toContain(`Saved in ${join(project, 'mine.tar')}, and read back.`);
    expect(exitCode).toBe(0);
    expect(statSync(join(project, 'mine.tar')).mode & 0o777).toBe(0o600);
    await execa('tar', ['-xf', 'mine.tar'], { cwd: project });
    const manifest = readFileSync(join(project, 'manifest'), 'utf8');
    expect(manifest).toMatch(/^format 1\nproject app\ncreated \d{4}-\d\d-\d\dT[\d:]+Z\npostgres 15\n/);
    for (const part of ['database.dump', 'media.tar']) {
      const { stdout: sum } = await execa('sha256sum', [part], { cwd: project });
      expect(manifest).toContain(`sha256 ${part} ${sum.slice(0, 64)}\n`);
    }
  });

  it.each([
    [['backup'], 'backups'],
    [['backup', 'new/'], 'new'],
    [['backup', '.'], '.'],
  ])('%j gets a name in the folder', async (line, folder) => {
    expect((await run(line)).exitCode).toBe(0);
    const made = readdirSync(join(project, folder)).filter((name) => name.endsWith('.tar'));
    expect(made).toEqual([expect.stringMatching(/^app-\d{8}-\d{6}\.tar$/)]);
  });

  it('does not replace a file', async () => {
    writeFileSync(join(project, 'mine.tar'), 'older');
    expect((await run(['backup', 'mine.tar'])).exitCode).toBe(1);
    expect(readFileSync(join(project, 'mine.tar'), 'utf8')).toBe('older');
  });

  it('leaves nothing behind when it is interrupted', async () => {
    answer('hang-at', 'pg_dump ');
    const running = execa('./docker-dev.sh', ['backup', 'new/'], { cwd: project, env: environment(), reject: false });
    while (!calls().some((call) => call.includes('pg_dump '))) await new Promise((resolve) => setTimeout(resolve, 20));
    running.kill('SIGTERM');
    expect((await running).exitCode).toBe(143);
    expect(readdirSync(join(project, 'new'))).toEqual([]);
  });
});

it('backup sweeps what a killed one left', async () => {
  mkdirSync(join(project, 'new/.backup-999999999.part'), { recursive: true });
  expect((await run(['backup', 'new/'])).exitCode).toBe(0);
  expect(readdirSync(join(project, 'new'))).toEqual([expect.stringMatching(/\.tar$/)]);
});

describe('restore', () => {
  beforeEach(async () => void (await run(['backup', 'mine.tar'])));
  const restore = (file = 'mine.tar') => run(['restore', file, '--yes-replace=app']);

  it('puts aside what is there before anything of the backup takes its place', async () => {
    answer('config', STACK);
    answer('states', ['backend', 'db', 'frontend', 'mailer', 'proxy', 'redis', 'runner'].map((name) => `${name}\trunning\tUp (healthy)\n`).join(''));
    const { exitCode, stdout } = await restore();
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Restored from');
    const order = ['pg_restore -f /dev/null', 'suspended suspend 3600', 'pg_restore -U', 'tar -C .restored', 'stop ', 'RENAME', 'mv -t .replaced', 'dropdb', 'up --detach'];
    const at = order.map((step) => calls().findLastIndex((call) => call.includes(step)));
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  it('stops what needs the database, directly or not, and nothing else', async () => {
    answer('config', STACK);
    answer('fail-at', 'RENAME');
    await restore();
    const asked = calls().filter((call) => call.startsWith('ps -aq ')).map((call) => /service=(\w+)/.exec(call)![1]);
    expect(asked.slice(-5)).toEqual(['backend', 'frontend', 'mailer', 'proxy', 'runner'].toSorted());
    expect(asked).not.toContain('redis');
  });

  it.each([
    ['cut short', (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 1500))],
    ['with a byte changed', (file: string) => writeFileSync(file, Buffer.from(readFileSync(file).toString('latin1').replace('PGDMP', 'PGDXP'), 'latin1'))],
    ['that is something else', (file: string) => writeFileSync(file, 'a letter')],
  ])('a file %s is refused before anything is touched', async (_what, damage) => {
    damage(join(project, 'mine.tar'));
    const { exitCode, stderr } = await restore();
    expect(stderr).toMatch(/damaged/);
    expect(exitCode).toBe(1);
    expect(changes()).toEqual([]);
  });

  it.each(['pg_restore -f /dev/null', 'pg_restore -U', 'tar -C .restored'])('what cannot be read (%s) touches nothing', async (step) => {
    answer('fail-at', step);
    const { exitCode, stdout } = await restore();
    expect(exitCode).toBe(1);
    expect(stdout).not.toContain('Restored');
    expect(calls().filter((call) => /RENAME|mv -t|\bstop\b/.test(call))).toEqual([]);
  });

  it('puts the database back when the files cannot take their place', async () => {
    answer('fail-at', 'mv -t .replaced');
    const { exitCode, stderr } = await restore();
    expect(exitCode).toBe(1);
    expect(stderr).toContain('all is as it was');
    expect(calls().filter((call) => call.includes('RENAME')).map((call) => call.slice(-20))).toEqual([
      expect.stringContaining('_replaced _restored'),
      expect.stringContaining('_restored _replaced'),
    ]);
  });

  it('refuses a backup of a later form, and says what reads it', async () => {
    const file = join(project, 'mine.tar');
    writeFileSync(file, Buffer.from(readFileSync(file).toString('latin1').replace('format 1\n', 'format 2\n'), 'latin1'));
    const { exitCode, stderr } = await restore();
    expect(stderr).toContain('was made by a newer docker-dev.sh (format 2, this one reads 1)');
    expect(exitCode).toBe(1);
    expect(changes()).toEqual([]);
  });

  it('refuses what a newer PostgreSQL saved, and names the version', async () => {
    answer('postgres-version', 'postgres (PostgreSQL) 14.2\n');
    const { exitCode, stderr } = await restore();
    expect(stderr).toContain('POSTGRES_IMAGE=postgres:15');
    expect(exitCode).toBe(1);
    expect(changes()).toEqual([]);
  });

  it.each([
    [['restore'], 2, 'needs more'],
    [['restore', 'nothing'], 2, 'There is no backup nothing'],
    [['restore', 'mine.tar'], 2, '--yes-replace=app'],
    [['restore', 'mine.tar', '--yes-replace=other'], 2, 'not the name of this project: that is app'],
    [['restore', 'mine.tar', '--force'], 2, 'restore does not know "--force"'],
  ])('%j is exit %i', async (line, code, text) => {
    const { exitCode, stderr } = await run(line);
    expect(stderr).toContain(text);
    expect(exitCode).toBe(code);
    expect(changes()).toEqual([]);
  });
});

describe('Ctrl-C', () => {
  beforeEach(async () => {
    await run(['backup', 'mine.tar']);
    writeFileSync(join(project, 'mine.sql'), 'create table t (i int);');
    answer('snapshots', 'one\t7000000\t2026-11-24T10:00:00Z\n');
  });

  it.each([
    ['restore mine.tar --yes-replace=app', 'RENAME', 'SIGINT', 130, ['RENAME', 'mv -t .replaced'], 'What was restored is in place.'],
    ['restore mine.tar --yes-replace=app', 'mv -t .replaced', 'SIGTERM', 143, ['mv -t .replaced'], 'What was restored is in place.'],
    ['snapshot restore one', 'mv .replaced', 'SIGINT', 130, ['mv .replaced', '_replaced _snapshot_before-restore'], 'snapshot restore before-restore'],
    ['import mine.sql --yes-replace=app', 'RENAME', 'SIGINT', 130, ['RENAME'], 'The imported database is in place.'],
  ] as const)('in the middle of "%s", at %s, ends it behind what must not be left half-done', async (line, at, signal, code, through, says) => {
    answer('hang-at', at);
    const running = execa('./docker-dev.sh', line.split(' '), { cwd: project, env: environment(), reject: false, detached: true, stdin: 'ignore' });
    while (!calls().some((call) => call.includes(at))) await new Promise((resolve) => setTimeout(resolve, 20));
    for (let i = 0; i < 50; i++) process.kill(-running.pid!, signal); // an impatient person: Bash may miss one of several
    const { exitCode, stdout, stderr } = await running;
    expect(exitCode, stdout + stderr).toBe(code);
    expect(stderr).toContain(says);
    expect(stdout).not.toContain('Ready in');
    for (const step of through) expect(calls().some((call) => call.includes(step)), step).toBe(true);
    expect(readFileSync(join(fake, 'through'), 'utf8')).toContain(at);
    expect(calls().filter((call) => call.includes(' up '))).toEqual([]);
  });
});

describe('backups', () => {
  it('lists what is there, with what it is, and names what is damaged', async () => {
    expect((await run(['backups'])).stdout).toContain('There is none yet: ./docker-dev.sh backup');
    await run(['backup', 'backups/one.tar']);
    expect((await run(['backups'])).stdout).toMatch(/backups\/one\.tar +20\S+Z {2}PostgreSQL 15 {2}\d+ kB/);
    writeFileSync(join(project, 'backups/two.tar'), 'half');
    const { exitCode, stderr } = await run(['backups']);
    expect(stderr).toContain('backups/two.tar is damaged');
    expect(exitCode).toBe(1);
  });
});

describe('reset', () => {
  it('saves, reads back, then removes', async () => {
    const { exitCode, stdout } = await run(['reset', '--yes-delete=app']);
    expect(exitCode).toBe(0);
    const saved = /Saved in (\S+\.tar), and read back/.exec(stdout)![1]!;
    expect(existsSync(saved)).toBe(true);
    expect(calls().at(-2)).toBe('compose --profile * down --volumes --remove-orphans');
  });

  it.each(['pg_dump ', ' -cf -', 'postgres --version', 'pg_restore -f', 'compose config'])('removes nothing when %j fails', async (step) => {
    answer('fail-at', step);
    const { exitCode, stdout, stderr } = await run(['reset', '--yes-delete=app']);
    expect(exitCode).toBe(1);
    expect(stdout).not.toContain('Saved');
    expect(stderr).toMatch(/Nothing was removed|do not fit together/);
    expect(changes()).toEqual([]);
    expect(existsSync(join(project, 'backups')) ? readdirSync(join(project, 'backups')) : ['.gitignore']).toEqual(['.gitignore']);
  });

  it.each(['', 'app\n'])('does nothing where there is no terminal to ask on, %j piped in or not', async (input) => {
    const { exitCode, stderr } = await execa('./docker-dev.sh', ['reset'], { cwd: project, env: environment(), input, reject: false });
    expect(stderr).toContain('add: --yes-delete=app');
    expect(exitCode).toBe(2);
    expect(changes()).toEqual([]);
  });

  it.each([
    ['wrong', 1, 'the name did not match', 0],
    ['app', 0, 'All is removed', 1],
  ])('at a terminal asks for the name: %j ends with %i', async (typed, code, says, removed) => {
    let screen = '';
    const terminal = spawn('./docker-dev.sh', ['reset'], { cwd: project, env: { ...environment(), TERM: 'dumb' } });
    const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    terminal.onData((data) => {
      screen += data;
      if (screen.endsWith('to go on: ')) terminal.write(`${typed}\r`);
    });
    expect(await ended, screen).toBe(code);
    await vi.waitFor(() => expect(screen).toContain(says), { timeout: 10_000 }); // the last words may come behind the end
    expect(calls().filter((call) => call.includes('down --volumes'))).toHaveLength(removed);
  });

  it('shows why where the database does not start, and removes nothing', async () => {
    answer('db-health', 'unhealthy\n');
    answer('fail-at', 'up --detach');
    answer('logs', 'FATAL:  database files are incompatible with server\n');
    const { exitCode, stderr } = await run(['reset', '--yes-delete=app']);
    expect(stderr).toContain('| FATAL:  database files are incompatible');
    expect(stderr).toContain('made by another version of PostgreSQL');
    expect(stderr).toContain('Nothing was removed.');
    expect(exitCode).toBe(1);
    expect(changes()).toEqual([]);
  });
});

it('the password is in no argument list', async () => {
  answer('config', `${model({ db: {} })}# s3cret`);
  for (const line of [['db-password'], ['config']]) await run(line);
  expect(calls().join('\n')).not.toContain('s3cret');
});
