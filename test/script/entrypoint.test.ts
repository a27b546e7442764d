/** The frontend's entry point: it installs what the volume lacks, and only that. */
import { execa } from 'execa';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'entrypoint-'));
  mkdirSync(join(root, 'bin'));
  copyFileSync(new URL('../../templates/frontend-vite/base/entrypoint.sh', import.meta.url), join(root, 'entrypoint.sh'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  tool('npm', 'echo "$*" >>calls; mkdir -p node_modules/vite');
  tool('node', ':');
});
afterEach(() => rmSync(root, { recursive: true }));

function tool(name: string, does: string): void {
  writeFileSync(join(root, 'bin', name), `#!/bin/sh\n${does}\n`);
  chmodSync(join(root, 'bin', name), 0o755);
}

async function installs(): Promise<boolean> {
  rmSync(join(root, 'calls'), { force: true });
  await execa('sh', ['entrypoint.sh', 'true'], { cwd: root, env: { PATH: `${join(root, 'bin')}:${process.env['PATH']}` } });
  return existsSync(join(root, 'calls')) && readFileSync(join(root, 'calls'), 'utf8') === 'ci\n';
}

it('installs once, and again with another lock, or where the packages are gone and the stamp is not', async () => {
  expect(await installs()).toBe(true);
  expect(await installs()).toBe(false);
  writeFileSync(join(root, 'package-lock.json'), '{ }');
  expect(await installs()).toBe(true);
  rmSync(join(root, 'node_modules/vite'), { recursive: true });
  expect(await installs()).toBe(true);
  expect(await installs()).toBe(false);
});

it('cut off in the middle, it installs again', async () => {
  tool('npm', 'mkdir -p node_modules/vite; exit 1');
  await expect(installs()).rejects.toThrow();
  tool('npm', 'echo "$*" >>calls; mkdir -p node_modules/vite');
  expect(await installs()).toBe(true);
});
