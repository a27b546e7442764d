/** Snapshots and import against the real thing: while requests come in, and with SQL that fails half-way. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { BARS, SERVICES } from './architecture.ts';
import { ask } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { barHere } from './slowness.ts';
import { dev, devScript, exec } from './stack.ts';
import { timed } from './until.ts';

const stack = inject('stack');
const sql = (query: string) => exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);
const media = (script: string) => exec(stack, 'backend', 'sh', '-c', `cd /app/media && ${script}`);

beforeAll(async () => {
  await untilHealthy(stack, SERVICES.map(({ service }) => service), 60);
  await sql('CREATE TABLE tried AS SELECT i AS id FROM generate_series(1, 1000) AS i');
  await media('printf kept >before.txt');
});
afterAll(async () => {
  for (const name of ['first', 'large', 'before-restore']) await devScript(stack, ['snapshot', 'remove', name]);
  await sql('DROP TABLE IF EXISTS tried, large');
  await media('rm -rf before.txt after.txt .snapshots');
  await dev(stack, 'restart', 'db'); // its cache has grown, and others measure
});

test('a snapshot is taken while requests come in, all of which are answered', async () => {
  const answers: number[] = [];
  let taken = false;
  const asking = (async () => {
    while (!taken) answers.push((await ask({ port: stack.ports.proxy, path: '/api/v1/health/' })).status);
  })();
  await dev(stack, 'snapshot', 'save', 'first');
  taken = true;
  await asking;
  expect(answers.length).toBeGreaterThan(3);
  expect(answers.filter((status) => status !== 200 && status !== 503)).toEqual([]); // 503: asked while its connection was cut
  expect(answers.at(-1)).toBe(200);
});

test('going back brings rows and files, and keeps what it replaces, whose way back is the same', async () => {
  await sql('DELETE FROM tried');
  await media('rm before.txt; touch after.txt');
  // As a restore leaves it that was interrupted.
  await sql('DROP DATABASE IF EXISTS backend_db_replaced');
  await sql('CREATE DATABASE backend_db_replaced');
  await dev(stack, 'snapshot', 'restore', 'first');
  expect(await sql('SELECT count(*) FROM tried')).toBe('1000');
  expect(await media('ls')).toContain('before.txt');
  expect(await media('ls')).not.toContain('after.txt');
  await dev(stack, 'snapshot', 'restore', 'before-restore');
  expect(await sql('SELECT count(*) FROM tried')).toBe('0');
  expect(await media('ls')).toContain('after.txt');
  const { snapshots } = JSON.parse(await dev(stack, 'snapshot', 'list', '--json')) as { snapshots: { name: string }[] };
  expect(snapshots.map(({ name }) => name).toSorted()).toEqual(['before-restore', 'first']);
});

test('SQL that fails half-way changes nothing, and whole SQL takes the place of the database', async () => {
  const file = join(stack.folder, 'dump.sql');
  const whole = await exec(stack, 'db', 'pg_dump', '-U', 'postgres', '--no-owner', 'backend_db');
  await writeFile(file, `${whole}\nINSERT INTO tried VALUES (1);\nINSERT INTO nowhere VALUES (1);\n`);
  const failed = await devScript(stack, ['import', file, `--yes-replace=${stack.name}`]);
  expect(failed.exitCode).toBe(1);
  expect(failed.all).toContain('Nothing was changed.');
  expect(await sql('SELECT count(*) FROM tried')).toBe('0');
  await writeFile(file, `${whole}\nINSERT INTO public.tried VALUES (7);\n`);
  await dev(stack, 'import', file, `--yes-replace=${stack.name}`);
  expect(await sql('SELECT id FROM tried')).toBe('7');
}, 240_000);

test('a gigabyte is kept, and brought back, in seconds', async () => {
  // One row a page, since time goes with the pages.
  await sql('CREATE TABLE large (filler text)');
  await sql('ALTER TABLE large ALTER filler SET STORAGE PLAIN');
  await sql('INSERT INTO large SELECT repeat(md5(i::text), 250) FROM generate_series(1, 131072) AS i');
  expect(Number(await sql("SELECT pg_database_size('backend_db')"))).toBeGreaterThan(1e9);
  const content = 'SELECT count(*), sum(hashtext(filler)) FROM large';
  const before = await sql(content);
  const saved = await timed(() => dev(stack, 'snapshot', 'save', 'large'));
  await sql('TRUNCATE large');
  const restored = await timed(() => dev(stack, 'snapshot', 'restore', 'large'));
  expect(await sql(content)).toBe(before);
  keep('snapshot save, 1 GB, s', saved.seconds, BARS.snapshotSeconds);
  keep('snapshot restore, 1 GB, until all is healthy again, s', restored.seconds, BARS.snapshotBackSeconds);
  expect(saved.seconds).toBeLessThan(barHere(BARS.snapshotSeconds));
  expect(restored.seconds).toBeLessThan(barHere(BARS.snapshotBackSeconds));
});
