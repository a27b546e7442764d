/** schemathesis asks the running stack whatever its schema allows, and what it does not: no 5xx, no answer off the schema. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, hostOf } from './http.ts';
import { createStaff, signIn } from './sign-in.ts';

const VERSION = 'schemathesis==4.32.5';
const stack = inject('stack');
const port = stack.ports.proxy;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schemathesis-'));
  await execa('python3', ['-m', 'venv', folder]);
  await execa(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', VERSION]);
}, 300_000);
afterAll(() => folder && rm(folder, { recursive: true }));

test('anonymous: all checks', () => run(), 120_000);

/**
 * The session is sent along by force, so what "leaves it out" has it all the same; and no schema says that a title is taken
 * or a file empty. These two checks are for the anonymous run. Left alone is what would end the session.
 */
test('signed in: no 5xx, and every answer as the schema has it', async () => {
  await createStaff(stack).catch(() => undefined); // another file may have made the account
  const { login, cookies } = await signIn({ port });
  expect(login.status).toBe(200);
  const csrf = await ask({ port, path: '/api/v1/auth/csrf/', headers: { Cookie: cookies } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  await run(
    ['--header', `Cookie: ${cookies}`, '--header', `X-CSRFToken: ${csrfToken}`, '--header', `Origin: http://${hostOf(port)}`],
    ['--exclude-checks', 'negative_data_rejection,positive_data_acceptance,ignored_auth'],
    ['--exclude-path-regex', '/auth/(logout|sessions|password-change)'],
  );
}, 120_000);

async function run(...options: string[][]): Promise<void> {
  const args = ['run', `http://${hostOf(port)}/api/v1/schema/?format=json`, '--max-time', '40', '--seed', '1', '--no-color', ...options.flat()];
  const { exitCode, all } = await execa(join(folder, 'bin/schemathesis'), args, { cwd: folder, all: true, reject: false, stdin: 'ignore' });
  expect(exitCode, all).toBe(0);
  expect(all).toMatch(/[1-9]\d+ passed/);
}
