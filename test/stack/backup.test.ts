/** Backups against the real thing: a dump that fails, a kill half-way, a damaged file, and the way into another project. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SERVICES } from './architecture.ts';
import { untilHealthy } from './inspect.ts';
import { dev, devScript, docker, exec, generate, ownPorts, remove, type Stack } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const ROWS = 200_000;
let saved: string;

beforeAll(async () => {
  await untilHealthy(stack, SERVICES.map(({ service }) => service), 60);
  await mkdir(join(stack.folder, 'backups/trial'), { recursive: true });
  await sql(stack, `CREATE TABLE saved AS SELECT i AS id, repeat(md5(i::text), 20) AS text FROM generate_series(1, ${ROWS}) AS i`);
  await exec(stack, 'backend', 'sh', '-c', 'mkdir -p /app/media/deep && printf kept >"/app/media/deep/a file.txt"');
});
afterAll(async () => {
  await sql(stack, 'DROP TABLE IF EXISTS saved');
  await exec(stack, 'backend', 'rm', '-rf', '/app/media/deep', '/app/media/later.txt');
});

const backup = () => devScript(stack, ['backup', 'backups/trial/']);
const kept = () => readdir(join(stack.folder, 'backups/trial'));

describe('a backup', () => {
  test('whose dump fails is none, and reset then removes nothing', async () => {
    await template1(stack, 'ALTER DATABASE backend_db ALLOW_CONNECTIONS false');
    const [made, reset] = [await backup(), await devScript(stack, ['reset', `--yes-delete=${stack.name}`])];
    await template1(stack, 'ALTER DATABASE backend_db ALLOW_CONNECTIONS true');
    for (const { exitCode, all } of [made, reset]) {
      expect(exitCode).toBe(1);
      expect(all).not.toMatch(/Saved|✓/);
    }
    expect(await kept()).toEqual([]);
    expect(await count(stack)).toBe(ROWS);
  });

  test('that is killed half-way leaves nothing that looks like one, and the next clears it away', async () => {
    const running = execa('./docker-dev.sh', ['backup', 'backups/trial/'], { cwd: stack.folder, stdin: 'ignore', reject: false });
    await until('the dump began', async () => (await kept()).length > 0, { seconds: 10, every: 10 });
    await sleep(100);
    running.kill('SIGKILL');
    await running;
    expect((await kept()).filter((name) => name.endsWith('.tar'))).toEqual([]);
    expect((await backup()).all).toContain('read back');
    const [file, ...others] = await kept();
    expect(others).toEqual([]);
    saved = join(stack.folder, 'backups/trial', file!);
  });

  test('that is damaged is refused, and all stays as it is', async () => {
    const damaged = `${saved}.damaged`;
    const bytes = await readFile(saved);
    bytes.fill(0, bytes.length >> 1, (bytes.length >> 1) + 64);
    await writeFile(damaged, bytes);
    const { exitCode, all } = await devScript(stack, ['restore', damaged, `--yes-replace=${stack.name}`]);
    expect(all).toContain('is damaged');
    expect(exitCode).toBe(1);
    expect(await count(stack)).toBe(ROWS);
  });
});

describe('a restore', () => {
  test('brings back rows and files, and takes away what came later', async () => {
    const before = await fingerprint(stack);
    await sql(stack, 'DELETE FROM saved WHERE id > 10');
    await exec(stack, 'backend', 'sh', '-c', 'rm -r /app/media/deep; touch /app/media/later.txt');
    await dev(stack, 'restore', saved, `--yes-replace=${stack.name}`);
    expect(await fingerprint(stack)).toEqual(before);
    expect(await exec(stack, 'backend', 'ls', '-A', '/app/media')).not.toMatch(/later|restored|replaced/);
  });

  test('is not hindered by what an earlier one left, nor by a client that is connected', async () => {
    const before = await fingerprint(stack);
    await exec(stack, 'backend', 'sh', '-c', 'mkdir /app/media/.replaced && touch /app/media/.replaced/in-the-way');
    await template1(stack, 'CREATE DATABASE backend_db_restored');
    const block = execa('docker', ['exec', `${stack.name}-db`, 'psql', '-U', 'postgres', '-d', 'backend_db', '-c', "SELECT pg_sleep(5)"], { reject: false });
    await dev(stack, 'restore', saved, `--yes-replace=${stack.name}`); // what an earlier one left, or a client, is in nobody's way
    await block;
    expect(await fingerprint(stack)).toEqual(before);
  });
});

describe('Ctrl-C while what was restored takes its place', () => {
  test('ends the command, and leaves the whole of it: the files too', async () => {
    const before = await fingerprint(stack);
    await sql(stack, 'DELETE FROM saved WHERE id > 10');
    await exec(stack, 'backend', 'sh', '-c', 'rm -r /app/media/deep; touch /app/media/later.txt');
    const running = execa('./docker-dev.sh', ['restore', saved, `--yes-replace=${stack.name}`], { cwd: stack.folder, stdin: 'ignore', all: true, reject: false, detached: true });
    const swapped = () => exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'template1', '-qtAc', "SELECT count(*) FROM pg_database WHERE datname = 'backend_db_replaced'");
    await until('the databases have changed places', async () => (await swapped()) === '1', { seconds: 60, every: 10 });
    process.kill(-running.pid!, 'SIGINT'); // as a terminal does: to all that runs in front
    const { exitCode, all } = await running;
    expect(all).toContain('What was restored is in place.');
    expect(exitCode).toBe(130);
    await dev(stack, 'start');
    await exec(stack, 'backend', 'rm', '-r', '/app/media/.replaced'); // what was there before, until the next restore
    expect(await fingerprint(stack)).toEqual(before);
    expect(await exec(stack, 'backend', 'ls', '-A', '/app/media')).not.toMatch(/later|restored/);
  });
});

describe('beside a second project', () => {
  let second: Stack;
  beforeAll(async () => {
    second = await generate('st-second', ownPorts(8));
    await dev(second, 'start');
  });
  afterAll(() => second && remove(second));

  test('a backup of the one becomes the other, and the one is left alone', async () => {
    const before = await fingerprint(stack);
    await sql(stack, "UPDATE saved SET text = 'changed' WHERE id = 1");
    await dev(second, 'restore', saved, `--yes-replace=${second.name}`);
    expect(await fingerprint(second)).toEqual(before);
    expect(await sql(stack, 'SELECT text FROM saved WHERE id = 1')).toBe('changed');
  });

  test("reset of the one removes nothing of the other's", async () => {
    await dev(second, 'reset', `--yes-delete=${second.name}`);
    expect(await docker('volume', 'ls', '-q', '--filter', `name=${second.name}-`)).toBe('');
    expect(await count(stack)).toBe(ROWS);
  });
});

/** Rows and files, whatever their order. */
async function fingerprint(of: Stack): Promise<unknown> {
  const [rows, files] = await Promise.all([
    sql(of, 'SELECT count(*), md5(string_agg(md5(t::text), NULL ORDER BY id)) FROM saved AS t'),
    exec(of, 'backend', 'sh', '-c', 'cd /app/media && find . -type f -exec sha256sum {} + | sort'),
  ]);
  return { rows, files };
}

const count = async (of: Stack) => Number(await sql(of, 'SELECT count(*) FROM saved'));
const sql = (of: Stack, query: string) => exec(of, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);
const template1 = (of: Stack, query: string) => exec(of, 'db', 'psql', '-U', 'postgres', '-d', 'template1', '-qc', query);
