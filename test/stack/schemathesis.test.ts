/** schemathesis asks the running stack whatever its schema allows, and what it does not: no 5xx, no answer off the schema. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, hostOf } from './http.ts';
import { createStaff, signIn } from './sign-in.ts';

const VERSION = 'schemathesis==4.32.5';
const stack = inject('stack');
const port = stack.ports.proxy;

/** Which operation is left out of which check, for what no schema can say. All others are held to all checks. */
const LEFT_OUT = {
  // A password may be too common or like the address, a title taken, a file of none of the types that are known by content.
  positive_data_acceptance: ['auth_sign_up', 'documents_create', 'documents_partial_update', 'documents_attach'],
  // REST framework takes a number or a yes for the text that it looks like, and the other way round.
  negative_data_rejection: ['users_me_update', 'documents_create', 'documents_partial_update'],
  // A document that was just made has no file yet.
  ensure_resource_availability: ['documents_attachment'],
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schemathesis-'));
  await execa('python3', ['-m', 'venv', folder]);
  await execa(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', VERSION]);
}, 300_000);
afterAll(() => folder && rm(folder, { recursive: true }));

test('anonymous: all checks', () => run(), 120_000);

/** The session is given as what the schema calls it, so that it can be left out, too. Left alone is what would end it. */
test('signed in: no 5xx, and every answer as the schema has it', async () => {
  await createStaff(stack);
  const { login, cookies } = await signIn({ port });
  expect(login.status).toBe(200);
  const csrf = await ask({ port, path: '/api/v1/auth/csrf/', headers: { Cookie: cookies } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  // Behind the session's value the other cookie: a Cookie header of our own would take the place of both.
  const session = cookies.split('; ').toSorted((one) => (one.includes('_sessionid=') ? -1 : 1)).join('; ').replace(/^[^=]*=/, '');
  await writeFile(join(folder, 'schemathesis.toml'), `[auth.openapi.session]\napi_key = "${session}"\n${leftOut()}`);
  await run(
    ['--header', `X-CSRFToken: ${csrfToken}`, '--header', `Origin: http://${hostOf(port)}`],
    ['--exclude-path-regex', '/auth/(logout|sessions|password-change)'],
  );
}, 120_000);

function leftOut(): string {
  const operations = [...new Set(Object.values(LEFT_OUT).flat())];
  return operations
    .map((id) => {
      const checks = Object.entries(LEFT_OUT).filter(([, ids]) => ids.includes(id));
      return `\n[[operations]]\ninclude-operation-id = "${id}"\n${checks.map(([check]) => `checks.${check}.enabled = false\n`).join('')}`;
    })
    .join('');
}

async function run(...options: string[][]): Promise<void> {
  const args = ['run', `http://${hostOf(port)}/api/v1/schema/?format=json`, '--max-time', '25', '--seed', '1', '--no-color', ...options.flat()];
  const { exitCode, all } = await execa(join(folder, 'bin/schemathesis'), args, { cwd: folder, all: true, reject: false, stdin: 'ignore' });
  expect(exitCode, all).toBe(0);
  expect(all).toMatch(/[1-9]\d+ passed/);
}
