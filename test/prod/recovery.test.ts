/** docs/recovery.md: the database as it was at a moment, by the log that PostgreSQL keeps. What the page says is what is run. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { containerOf, nameOf, prod, prodScript, visit } from './site.ts';

const site = inject('site');
const compose = join(site.stack.folder, 'docker-compose.prod.yml');
const outer = await mkdtemp(join(tmpdir(), 'archive-'));
const folder = join(outer, 'archive');
let page = '';
let asItWas = '';
let base = '';

/** As somebody at a terminal, who has the page's function `archive`. */
async function shell(...commands: string[]): Promise<{ readonly exitCode: number; readonly all: string }> {
  const [definition = ''] = /^archive\(\) .*$/m.exec(page) ?? [];
  const { exitCode = 1, all } = await execa('bash', ['-c', [definition, 'set -e', ...commands].join('\n')], { cwd: site.stack.folder, all: true, reject: false, stdin: 'ignore' });
  return { exitCode, all };
}

const sql = async (query: string) => docker('exec', await containerOf(site, 'db'), 'psql', '-U', 'postgres', '-d', 'backend_db', '-Atc', query);
const rows = () => sql("SELECT string_agg(what, ' ' ORDER BY what) FROM moments");
const block = (language: string, containing: string) => [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, 'g'))].map(([, text = '']) => text).find((text) => text.includes(containing)) ?? '';
/** The folder is the database's alone. */
const as0 = (command: string) => docker('run', '--rm', '--user', '0', '--volume', `${outer}:/outer`, '--volume', `${folder}:/archive`, 'postgres:15', 'sh', '-c', command);
async function whileDamaged<T>(file: string, work: () => Promise<T>): Promise<T> {
  await as0(`cp -p /archive/${file} /archive/whole && truncate -s 5000 /archive/${file}`);
  const value = await work();
  await as0(`mv /archive/whole /archive/${file}`);
  return value;
}
const makeBase = async (kept: number) => (await shell(/docker exec .* base/.exec(page)![0] + ` ${kept}`)).all;

beforeAll(async () => {
  page = (await readFile(join(site.stack.folder, 'docs/recovery.md'), 'utf8')).replaceAll(/\/srv\/[\w-]+-archive/g, folder);
  asItWas = await readFile(compose, 'utf8');
  expect(await shell(block('sh', 'install').replace('sudo ', ''))).toMatchObject({ exitCode: 0 });
  let changed = asItWas;
  for (const part of block('diff', 'archive_mode').split('@@\n')) {
    const [context = '', ...added] = part.trimEnd().split('\n').map((line) => line.slice(1));
    expect(changed.split(`${context}\n`)).toHaveLength(2);
    changed = changed.replace(`${context}\n`, () => [context, ...added, ''].join('\n'));
  }
  await writeFile(compose, changed);
  await prod(site, 'up');
});

afterAll(async () => {
  await sql('DROP TABLE IF EXISTS moments');
  await writeFile(compose, asItWas);
  await prod(site, 'up');
  await as0('rm -rf /archive/* /outer/archive || true');
});

test('a base is made while the site runs, and as many stay as are asked for', async () => {
  expect(await makeBase(4)).toContain('Made the base');
  await sleep(1000); // each is named by its second
  const said = await makeBase(1);
  [, base = ''] = /There are: (\S+)$/m.exec(said)!;
  expect(said).toContain(`Made the base ${base}. There are: ${base}`);
});

test('a base that would lack a tablespace is none', async () => {
  await docker('exec', await containerOf(site, 'db'), 'mkdir', '-p', '/var/tmp/elsewhere');
  await sql("CREATE TABLESPACE elsewhere LOCATION '/var/tmp/elsewhere'");
  expect(await makeBase(4)).toContain('There is a tablespace, which cannot be recovered from here.');
  await sql('DROP TABLESPACE elsewhere');
  expect((await as0('ls /archive/base')).split('\n')).toContain(base);
  await sleep(1000);
  base = /There are: (\S+)$/m.exec(await makeBase(1))![1]!; // later than the tablespace
});

test('what was deleted is back, and what came after the moment is not', async () => {
  await sql("CREATE TABLE moments (what text); INSERT INTO moments VALUES ('before')");
  await sleep(1500);
  const moment = new Date().toISOString().replace(/\.\d+/, '');
  await sleep(1500);
  await sql("INSERT INTO moments VALUES ('after')");
  await sql("DELETE FROM moments WHERE what = 'before'");
  const { exitCode, all } = await shell(block('sh', 'recover').replace(/\d{8}-\d{6}/, base).replace(/\d{4}-\S+Z/, moment));
  expect(exitCode, all).toBe(0);
  expect(await rows()).toBe('before');
  expect((await visit(site, '/api/v1/health/')).status).toBe(200);
});

test('what cannot be done is said, and changes nothing', async () => {
  const running = await shell(`archive recover ${base} end`);
  expect(running).toMatchObject({ exitCode: 1, all: expect.stringContaining('The database runs. First: ./docker-dev.sh prod down') });
  const [, command = ''] = /First: (.*)$/m.exec(running.all)!;
  await shell(command);
  for (const [order, fault] of [
    ['recover 20000101-000000 end', `There is no such base. There are: ${base}`],
    [`recover ${base} teatime`, 'invalid date'],
    ['put_back wal', 'There is no before-wal in the archive.'],
    ['put_back before-none', 'There is no before-none in the archive.'],
  ]) expect(await shell(`archive ${order}`), order).toMatchObject({ exitCode: 1, all: expect.stringContaining(fault!) });
  const damaged = await whileDamaged(`base/${base}/base.tar.gz`, () => shell(`archive recover ${base} end`));
  expect(damaged).toMatchObject({ exitCode: 1, all: expect.stringContaining('The base is damaged. Nothing was changed.') });
  await prod(site, 'up');
  expect(await rows()).toBe('before');
});

test('a moment that the log does not reach ends in nothing that starts; what was there comes back by the command that is named', async () => {
  await sql("INSERT INTO moments VALUES ('last')");
  await prod(site, 'down');
  const { exitCode, all } = await shell(`archive recover ${base} 2100-01-01`);
  expect(exitCode).not.toBe(0);
  expect(all).toContain('recovery ended before configured recovery target was reached');
  const newest = (await as0(`ls /archive/wal | grep -v '[.].*[.]' | tail -n 1`)).trim();
  const damaged = await whileDamaged(`wal/${newest}`, () => shell(`archive recover ${base} end`));
  expect(damaged.exitCode, damaged.all).not.toBe(0); // and not as far as that file
  expect((await prodScript(site, 'up')).exitCode).toBe(1);
  await prod(site, 'down');
  const [, command = ''] = /or: (archive put_back \S+)/.exec(all)!;
  expect((await shell(command)).all).toContain('Go on with: ./docker-dev.sh prod up');
  await prod(site, 'up');
  expect(await rows()).toBe('before last');
});

test('a log that cannot be kept is told of in the words of the page, and is kept later', async () => {
  const mode = (value: string) => as0(`chmod ${value} /archive/wal`);
  const failures = async () => (await prod(site, 'logs', 'db')).split(/`(archive command failed)`/.exec(page)![1]!).length;
  const before = await failures();
  await mode('500');
  await sql("INSERT INTO moments VALUES ('late')");
  await sql('SELECT pg_switch_wal()');
  await expect.poll(failures, { timeout: 30_000 }).toBeGreaterThan(before);
  await mode('700');
  await sql("INSERT INTO moments VALUES ('later')");
  await sql('SELECT pg_switch_wal()'); // PostgreSQL tries again with the next, or after a minute
  const waiting = () => docker('run', '--rm', '--user', '0', '--volume', `${nameOf(site)}_postgres_data:/data`, 'postgres:15', 'sh', '-c', 'ls /data/pg_wal/archive_status | grep -c ready || true');
  await expect.poll(waiting, { timeout: 90_000, interval: 1000 }).toBe('0');
});

test('as far as the log goes is up to the last row, also of a database that was killed', async () => {
  const last = await makeBase(1);
  [, base = ''] = /There are: (\S+)$/m.exec(last)!;
  await sql("INSERT INTO moments VALUES ('newest')");
  await docker('kill', await containerOf(site, 'db'));
  await prod(site, 'down');
  expect(await shell(`archive recover ${base} end`)).toMatchObject({ exitCode: 0 });
  await prod(site, 'up');
  expect(await rows()).toBe('before last late later newest');
});

test('on a new machine, where there is no volume yet, all is back that was kept', async () => {
  base = /There are: (\S+)$/m.exec(await makeBase(1))![1]!;
  await sql("INSERT INTO moments VALUES ('once more')");
  await prod(site, 'down');
  await docker('volume', 'rm', `${nameOf(site)}_postgres_data`);
  expect(await shell(`archive recover ${base} end`)).toMatchObject({ exitCode: 0 });
  await prod(site, 'up');
  expect(await rows()).toBe('before last late later newest once more');
});
