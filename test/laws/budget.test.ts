/** The emitted build fails where it grew beyond its budget, or would publish its source; tried on small builds. */
import { randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, it } from 'vitest';

const FRONTEND = fileURLToPath(new URL('../../templates/frontend-vite/base', import.meta.url));

let room: string;
beforeEach(() => {
  room = mkdtempSync(join(tmpdir(), 'create-devstack-budget-'));
  for (const file of ['budget.json', 'scripts/budget.mjs']) cpSync(join(FRONTEND, file), join(room, file));
  mkdirSync(join(room, 'dist/assets'), { recursive: true });
  writeFileSync(join(room, 'dist/index.html'), '<script type="module" src="/assets/index-1.js"></script>');
});
afterEach(() => rmSync(room, { recursive: true, force: true }));

it.each([
  [{ 'index-1.js': 140, 'page-1.js': 50 }, 0, 'First page: 1'],
  [{ 'index-1.js': 160 }, 1, 'The first page loads 1'],
  [{ 'index-1.js': 100, 'page-1.js': 70 }, 1, 'page-1.js has 7'],
  [{ 'index-1.js': 100, 'index-1.js.map': 1 }, 1, 'index-1.js.map would publish the source'],
])('%o ends with %d: %s', async (files, status, said) => {
  // Random, so that gzip makes nothing smaller.
  for (const [name, kB] of Object.entries(files)) writeFileSync(join(room, 'dist/assets', name), randomBytes(kB * 1000));
  const { exitCode, all } = await execa(process.execPath, ['scripts/budget.mjs'], { cwd: room, all: true, reject: false });
  expect(exitCode, all).toBe(status);
  expect(all).toContain(said);
});
