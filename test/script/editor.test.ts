/** The packages for an editor on the host: what can be made is made, what cannot is said, and nothing is claimed. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { fake, project, run } from './sandbox.ts';

/** A tool on the PATH that writes down where it was called and with what. */
function tool(name: string, body = '') {
  writeFileSync(join(fake, name), `#!/bin/bash\n${body}\nprintf '%s: %s %s\\n' "\${PWD##*/}" ${name} "$*" >>"$(dirname "$0")/tools"\n`);
  chmodSync(join(fake, name), 0o755);
}
const tools = () => readFileSync(join(fake, 'tools'), 'utf8');
const NO_PYTHON = ['python', 'python3', 'python3.12', 'python3.13', 'python3.14'];

beforeEach(() => {
  mkdirSync(join(project, 'backend/requirements'), { recursive: true });
  mkdirSync(join(project, 'frontend'));
  writeFileSync(join(project, 'backend/requirements/base.txt'), '');
  writeFileSync(join(project, 'backend/requirements/dev.txt'), '');
  writeFileSync(join(project, '.env'), '');
  for (const name of NO_PYTHON) tool(name, 'exit 1');
  tool('npm');
});

it('installs what is locked, by the first Python that is new enough', async () => {
  tool('python3.13', '[[ $1 != -c ]] || exit 0');
  const { exitCode, stdout } = await run(['editor']);
  expect(stdout).toContain('An editor finds every package now.');
  expect(exitCode).toBe(0);
  expect(tools()).toContain('backend: python3.13 -m venv --clear .venv\n');
  expect(tools()).toMatch(/backend: python3.13 -m pip --python .venv install .*--require-hashes .*--requirement requirements\/(base|dev).txt --requirement requirements\/(base|dev).txt/);
  expect(tools()).toContain('frontend: npm ci --ignore-scripts');
});

it.each([
  { name: 'no Python', python: undefined, npm: '', missing: 'Not made: backend/.venv (see above).' },
  { name: 'a pip that fails', python: '[[ $1 != -c ]] || exit 0; [[ $2 != pip ]] || exit 1', npm: '', missing: 'Not made: backend/.venv (see above).' },
  { name: 'an npm that fails', python: '[[ $1 != -c ]] || exit 0', npm: 'exit 1', missing: 'Not made: frontend/node_modules (see above).' },
  { name: 'both', python: undefined, npm: 'exit 1', missing: 'Not made: backend/.venv frontend/node_modules (see above).' },
])('says what it could not make: $name', async ({ python, npm, missing }) => {
  if (python !== undefined) tool('python3', python);
  tool('npm', npm);
  const { exitCode, stdout, stderr } = await run(['editor']);
  expect(stderr).toContain(missing);
  expect(stdout).not.toContain('finds every package');
  expect(exitCode).toBe(1);
});
