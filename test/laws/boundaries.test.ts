/** The emitted linter settings keep features apart: an import of another feature's inside is an error that says what to do. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterAll, expect, it } from 'vitest';

const FRONTEND = fileURLToPath(new URL('../../templates/frontend-vite/base', import.meta.url));
const OXLINT = fileURLToPath(new URL('../../node_modules/.bin/oxlint', import.meta.url));

const room = mkdtempSync(join(tmpdir(), 'create-devstack-boundaries-'));
cpSync(join(FRONTEND, '.oxlintrc.json'), join(room, '.oxlintrc.json'));
afterAll(() => rmSync(room, { recursive: true, force: true }));

it.each([
  ['src/features/shop/cart.ts', '@/features/accounts/session', 'inside another feature'],
  ['src/features/shop/cart.ts', '../accounts/session', 'inside another feature'],
  ['src/features/shop/cart/total.ts', '@/features/accounts/forms/field', 'inside another feature'],
  ['src/features/shop/cart.ts', '@/app/router', 'made of features'],
  ['src/shared/ui/menu.ts', '@/features', 'below the features'],
  ['src/shared/ui/menu.ts', '@/features/accounts/session', 'below the features'],
  ['src/features/shop/cart.ts', './price', undefined],
  ['src/features/shop/cart.ts', '../feature', undefined],
  ['src/features/shop/cart.ts', '@/features', undefined],
  ['src/features/shop/cart.ts', '@/features/runtime-config/runtime-config-context', undefined],
  ['src/app/routes.ts', '@/features/shop/cart', undefined],
])('%s imports %s: %s', async (file, source, complaint) => {
  const path = join(room, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `import { thing } from '${source}'\n\nexport const other = thing\n`);
  const { exitCode, stdout } = await execa(OXLINT, ['--config', '.oxlintrc.json', file], { cwd: room, reject: false });
  expect(exitCode, stdout).toBe(complaint ? 1 : 0);
  expect(stdout).toContain(complaint ?? 'Found 0 warnings and 0 errors');
});
