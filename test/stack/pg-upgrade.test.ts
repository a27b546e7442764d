/** From PostgreSQL 15 to 18: broken off at each of its steps, then to its end. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dev, devScript, docker, exec, generate, ownPorts, remove, type Stack } from './stack.ts';
import { until } from './until.ts';

const ROWS = 100_000;
/** What is easily lost: names that need quotes, sequences, an extension's types, large objects, roles and their rights. */
const CONTENT = `
  CREATE EXTENSION hstore;
  CREATE SCHEMA "Odd name";
  CREATE TABLE "Odd name"."A table" AS
    SELECT i AS id, md5(i::text) AS text, i / 7.0::float8 AS real, 'a=>b'::hstore AS pairs, now() AS moment, '1 mon 3 days'::interval AS span
    FROM generate_series(1, ${ROWS}) AS i;
  CREATE TABLE sentences AS SELECT 'CREATE ROLE postgres;' AS text;
  CREATE SEQUENCE numbers START 41;
  SELECT nextval('numbers');
  CREATE ROLE reader;
  GRANT SELECT ON sentences TO reader;
  SELECT lo_from_bytea(4711, '\\x0102030405');
`;
const QUESTIONS = [
  `SELECT count(*), md5(string_agg(t::text, '' ORDER BY id)) FROM "Odd name"."A table" AS t`,
  'SELECT text FROM sentences',
  'SELECT last_value FROM numbers',
  'SELECT lo_get(4711)',
  `SELECT has_table_privilege('reader', 'sentences', 'SELECT')`,
  'SELECT extname FROM pg_extension ORDER BY 1',
];

let stack: Stack;
let before: readonly string[];
beforeAll(async () => {
  stack = await generate('st-pg', ownPorts(22));
  await dev(stack, 'start');
  await sql(CONTENT);
  await dev(stack, 'snapshot', 'save', 'kept');
  before = await answers();
});
afterAll(() => stack && remove(stack));

describe('an upgrade that does not arrive', () => {
  test.each([
    { step: 'the backup', begun: async () => (await readdir(join(stack.folder, 'backups')).catch(() => [])).some((name) => name.endsWith('.part')) },
    { step: 'the making of the new database', begun: () => isThere('container') },
    { step: 'the copy', begun: async () => (await psqlBeside('SELECT count(*) FROM pg_database')) > 3 },
  ])('killed in the middle of $step: start starts the old one', async ({ begun }) => {
    const running = execa('./docker-dev.sh', ['pg-upgrade', '18'], { cwd: stack.folder, stdin: 'ignore', reject: false });
    await until('it began', begun, { seconds: 120, every: 20 });
    running.kill('SIGKILL');
    await running;
    await dev(stack, 'start');
    expect(await major()).toBe(15);
    expect(await answers()).toEqual(before);
  });

  test('since somebody went on writing: it is seen, nothing is left of it, and its advice arrives', async () => {
    await sql('CREATE TABLE busy (id int)');
    const writer = execa('docker', ['exec', `${stack.name}-db`, 'sh', '-c', 'while psql -qU postgres -d backend_db -c "INSERT INTO busy VALUES (1)"; do :; done'], { reject: false });
    const { exitCode, all } = await devScript(stack, ['pg-upgrade', '18']);
    expect(all).toMatch(/[<>] table\|public\.busy\|/);
    expect(exitCode).toBe(1);
    const advised = /(\.\/docker-dev\.sh \w+) starts it/.exec(all)?.[1];
    expect([await isThere('container'), await isThere('volume')]).toEqual([false, false]);
    await docker('restart', `${stack.name}-db`);
    await writer;
    await execa('bash', ['-c', advised!], { cwd: stack.folder, stdin: 'ignore' });
    await sql('DROP TABLE busy');
    expect(await answers()).toEqual(before);
  });
});

test('an upgrade brings all of it, keeps the old volume, and names the command that removes that', async () => {
  const said = await dev(stack, 'pg-upgrade', '18');
  expect(await major()).toBe(18);
  expect(await answers()).toEqual(before);
  expect(said).toMatch(/compared: \d+ tables with 2\d{5} rows/);
  expect(await isThere('container')).toBe(false);
  expect(await readFile(join(stack.folder, '.env'), 'utf8')).toMatch(/^POSTGRES_IMAGE=postgres:18$/m);
  expect(await dev(stack, 'snapshot', 'list')).toContain('kept');
  const removal = /docker volume rm (.*)/.exec(said)?.[1]?.split(' ') ?? [];
  expect(await docker('volume', 'rm', ...removal)).toContain(`${stack.name}-postgres-data`);
  await dev(stack, 'restart', 'db');
  expect(await answers()).toEqual(before);
});

const sql = (query: string) => exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);
const answers = () => Promise.all(QUESTIONS.map(sql));
const major = async () => Number((await sql('SHOW server_version')).split('.')[0]);
const psqlBeside = async (query: string) =>
  Number((await execa('docker', ['exec', `${stack.name}-db-upgrade`, 'psql', '-U', 'postgres', '-qtAc', query], { reject: false })).stdout);
const isThere = async (kind: 'container' | 'volume') =>
  (await execa('docker', [kind, 'inspect', kind === 'container' ? `${stack.name}-db-upgrade` : `${stack.name}-postgres-data-18`], { reject: false })).exitCode === 0;
