/** Snapshots, import of SQL and the pruning of backups: what is there is never less than whole. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, fake, project, run, STACK } from './sandbox.ts';

const changes = () => calls().filter((call) => /DROP|CREATE DATABASE|RENAME|mv |rm -rf|dropdb|createdb|\bstop\b/.test(call));

beforeEach(() => {
  writeFileSync(join(project, '.env'), '');
  answer('config', STACK);
  answer('states', ['backend', 'db', 'frontend', 'mailer', 'proxy', 'redis', 'runner'].map((name) => `${name}\trunning\tUp (healthy)\n`).join(''));
  answer('snapshots', 'one\t7340032\t2026-11-24T10:00:00Z\nbefore-restore\t1048576\t2026-11-24T11:00:00Z\n');
});

describe('snapshot', () => {
  it('list tells name, time and size, also as one document', async () => {
    expect((await run(['snapshot', 'list'])).stdout).toMatch(/^one +2026-11-24T10:00:00Z +7 MB\nbefore-restore +\S+ +1 MB$/);
    expect(JSON.parse((await run(['snapshot', 'list', '--json'])).stdout)).toEqual({
      project: 'app',
      snapshots: [
        { name: 'one', created: '2026-11-24T10:00:00Z', bytes: 7_340_032 },
        { name: 'before-restore', created: '2026-11-24T11:00:00Z', bytes: 1_048_576 },
      ],
    });
    answer('snapshots', '');
    expect((await run(['snapshot', 'list'])).stdout).toContain('There is none yet: ./docker-dev.sh snapshot save NAME');
    expect(JSON.parse((await run(['snapshot', 'list', '--json'])).stdout)).toMatchObject({ snapshots: [] });
  });

  it('save names the database last, so that half of one is none, and clears away what no snapshot owns', async () => {
    expect((await run(['snapshot', 'save', 'two'])).exitCode).toBe(0);
    const order = ['cp -a', 'CREATE DATABASE', 'name _snapshot _snapshot_two'].map((step) => calls().findIndex((call) => call.includes(step)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(calls().find((call) => call.includes('cp -a'))).toMatch(/ two one before-restore$/);
  });

  it('restore stops nobody before its copy is there, and keeps what it replaces', async () => {
    const { exitCode, stdout } = await run(['snapshot', 'restore', 'one']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('What was there before: ./docker-dev.sh snapshot restore before-restore');
    const order = ['copy _snapshot_one _restored', 'snapshots/$1" .restored', 'stop ', 'swap _replaced _restored', 'mv -t .replaced', 'drop before-restore', 'name _replaced _snapshot_before-restore', ' up --detach'];
    const at = order.map((step) => calls().findIndex((call) => call.includes(step)));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(calls().find((call) => call.includes('mv -t .replaced'))).toContain('! -name .snapshots');
  });

  it.each([
    ['snapshot save one', 1, 'There is a snapshot one already'],
    ['snapshot save Upper', 2, 'small letters'],
    ['snapshot save ../x', 2, 'small letters'],
    ['snapshot save', 2, 'small letters'],
    ['snapshot save before-restore', 2, 'what the last restore has replaced'],
    ['snapshot restore two', 2, 'There are: one before-restore'],
    ['snapshot remove two', 2, 'There is no snapshot two'],
    ['snapshot list x', 2, 'does not know "x"'],
    ['snapshot frob one', 2, 'snapshot does not know "frob"'],
    ['snapshot', 2, 'needs more'],
  ])('%s is exit %i', async (line, code, text) => {
    const { exitCode, stderr } = await run(line.split(' '));
    expect(stderr).toContain(text);
    expect(exitCode).toBe(code);
    expect(changes()).toEqual([]);
  });
});

describe('import', () => {
  const load = (file: string) => run(['import', file, '--yes-replace=app']);
  beforeEach(() => {
    writeFileSync(join(project, 'a.sql'), 'select 1;\n');
    writeFileSync(join(project, 'a.sql.gz'), gzipSync('select 2;\n'));
  });

  it.each([['a.sql'], ['a.sql.gz']])('%s is loaded in one transaction beside what is there, after a backup', async (file) => {
    const { exitCode, stdout } = await load(file);
    expect(exitCode).toBe(0);
    expect(readdirSync(join(project, 'backups'))).toContainEqual(expect.stringMatching(/^app-\d+-\d+-before-import\.tar$/));
    expect(stdout).toContain('Imported');
    const order = ['pg_dump', 'createdb', 'psql -q -X -1 -v ON_ERROR_STOP=1', 'stop ', 'swap _replaced _restored', ' up --detach'];
    const at = order.map((step) => calls().findIndex((call) => call.includes(step)));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
  });

  it('what is handed to the database is the SQL itself', async () => {
    answer('fail-at', 'pg_stat_user_tables');
    await load('a.sql.gz');
    expect(readFileSync(join(fake, 'stdin'), 'utf8')).toBe('select 2;\n');
  });

  it.each([
    ['pg_dump', 'could not be saved'],
    ['psql -q -X -1', 'could not be loaded'],
    ['swap _replaced', 'could not take its place'],
  ])('leaves all as it was when %j fails', async (step, text) => {
    answer('fail-at', step);
    const { exitCode, stdout, stderr } = await load('a.sql');
    expect(stderr).toContain(text);
    expect(stderr).toContain('Nothing was changed.');
    expect(stdout).not.toContain('Imported');
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => /RENAME/.test(call) && !call.includes('swap _replaced'))).toEqual([]);
  });

  it('refuses SQL that makes no table', async () => {
    answer('has-tables', 'f\n');
    const { exitCode, stderr } = await load('a.sql');
    expect(stderr).toContain('holds no table');
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => call.includes('RENAME'))).toEqual([]);
  });

  it.each([
    [['import'], 2, 'needs more'],
    [['import', 'none.sql'], 2, 'There is no file none.sql'],
    [['import', 'docker-dev.sh'], 2, 'neither .sql nor .sql.gz'],
    [['import', 'cut.sql.gz'], 1, 'damaged'],
    [['import', 'a.sql'], 2, 'add: --yes-replace=app'],
    [['import', 'a.sql', '--yes-replace=other'], 2, 'not the name of this project'],
  ])('%j is exit %i', async (line, code, text) => {
    writeFileSync(join(project, 'cut.sql.gz'), gzipSync('select 2;\n').subarray(0, 20));
    const { exitCode, stderr } = await run(line);
    expect(stderr).toContain(text);
    expect(exitCode).toBe(code);
    expect(changes()).toEqual([]);
    expect(existsSync(join(project, 'backups'))).toBe(false);
  });
});

describe('backups prune', () => {
  const kept = () => readdirSync(join(project, 'backups')).filter((name) => name.endsWith('.tar')).toSorted();

  it('keeps the newest whole ones, all that have a name, and what is damaged', async () => {
    mkdirSync(join(project, 'backups'));
    await run(['backup', 'backups/app-20260101-000000.tar']);
    const whole = readFileSync(join(project, 'backups/app-20260101-000000.tar'));
    for (const name of ['app-20260301-000000-before-reset', 'older-20251231-235959', 'app-20260201-000000', 'mine']) writeFileSync(join(project, `backups/${name}.tar`), whole);
    writeFileSync(join(project, 'backups/app-20260401-000000.tar'), 'half');
    const { exitCode, stdout, stderr } = await run(['backups', 'prune', '--keep', '2']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Removed 2; 2 are kept.');
    expect(stderr).toContain('app-20260401-000000.tar is damaged');
    expect(kept()).toEqual(['app-20260201-000000.tar', 'app-20260301-000000-before-reset.tar', 'app-20260401-000000.tar', 'mine.tar']);
  });

  it.each(['prune', 'prune --keep', 'prune --keep 0', 'prune --keep 1x', 'prune --keep -1', 'frob'])('backups %s is exit 2', async (line) => {
    const { exitCode, stderr } = await run(['backups', ...line.split(' ')]);
    expect(stderr).toMatch(/\S/);
    expect(exitCode).toBe(2);
  });
});
