/** The emitted frontend, whatever its features, exports nothing and has no file that nobody uses. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, expect, it } from 'vitest';
import { FEATURE_SETS } from '../feature-sets.ts';
import { planOf, textsOf } from '../fixtures.ts';

const KNIP = fileURLToPath(new URL('../../node_modules/.bin/knip', import.meta.url));
/** What is run by itself. Vite's and Vitest's own configuration is named, for to load it their packages would have to be there. */
const CONFIGURATION = {
  entry: ['src/main.tsx', 'src/**/*.test.{ts,tsx}', 'src/testing/setup.ts', '*.config.ts', 'scripts/*.mjs'],
  project: ['src/**/*.{ts,tsx}', 'scripts/*.mjs'],
  // The contract of a feature, which is there for those that come.
  ignoreIssues: { 'src/features/feature.ts': ['types'] },
  vite: false,
  vitest: false,
};

let folder: string;
afterEach(() => rmSync(folder, { recursive: true }));

function write(path: string, text: string) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

it.each([FEATURE_SETS[0], FEATURE_SETS.at(-1)])('with %o', async (features) => {
  folder = mkdtempSync(join(tmpdir(), 'unused-'));
  for (const [path, text] of textsOf(planOf(features))) if (path.startsWith('frontend/')) write(path.slice('frontend/'.length), text);
  write('knip.json', JSON.stringify(CONFIGURATION));
  const find = () => execa(KNIP, ['--no-progress', '--include', 'files,exports,types,duplicates'], { cwd: folder, all: true, reject: false });
  const { exitCode, all } = await find();
  expect(exitCode, all).toBe(0);
  // And it looks.
  write('src/forgotten.ts', 'export const forgotten = 1\n');
  expect((await find()).all).toContain('src/forgotten.ts');
});
