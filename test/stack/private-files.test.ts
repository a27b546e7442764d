/** A private document's file: for whoever may read the document, by ranges too, and by no address of its own. */
import { beforeAll, expect, inject, test } from 'vitest';
import { ask, hostOf, type Answer } from './http.ts';
import { signIn } from './sign-in.ts';
import { exec } from './stack.ts';

const stack = inject('stack');
const port = stack.ports.proxy;
const CONTENT = 'for some only, 0123456789';

const people = { owner: '', stranger: '', anonymous: '' };
let file = '';
let name = '';

beforeAll(async () => {
  for (const who of ['owner', 'stranger'] as const) {
    const account = { email: `${who}@example.test`, password: 'a-long-enough-passphrase-7' };
    const make = `from apps.users.models import User; User.objects.filter(email="${account.email}").delete(); User.objects.create_user("${account.email}", "${account.password}")`;
    await exec(stack, 'backend', 'python', 'manage.py', 'shell', '-v', '0', '-c', make);
    people[who] = (await signIn({ port, account })).cookies;
  }
  const made = await write('POST', '/api/v1/documents/', 'application/json', JSON.stringify({ title: 'Mine' }));
  file = `/api/v1/documents/${(JSON.parse(made.text) as { id: number }).id}/attachment/`;
  const form = `--b\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\n${CONTENT}\r\n--b--\r\n`;
  const stored = await write('PUT', file, 'multipart/form-data; boundary=b', form);
  expect(stored.status, stored.text).toBe(200);
  name = await exec(stack, 'backend', 'sh', '-c', 'cd /app/media/.private/documents && ls -t | head -n 1');
});

test.each([
  ['owner', 200],
  ['stranger', 404],
  ['anonymous', 401],
] as const)('%s gets %i', async (who, status) => {
  const answer = await get(file, who);
  expect(answer.status).toBe(status);
  expect(answer.text.includes('for some only')).toBe(status === 200);
  if (status !== 200) expect(answer.headers['content-type']).toEqual(['application/problem+json']);
});

test('it is a download, which no browser takes for something else or shows as a page', async () => {
  expect((await get(file, 'owner')).headers).toMatchObject({
    'content-type': ['text/plain; charset=utf-8'],
    'content-disposition': ['attachment; filename="plan.txt"'],
    'content-length': [String(CONTENT.length)],
    'x-content-type-options': ['nosniff'],
    'content-security-policy': ["sandbox; default-src 'none'"],
    'cache-control': ['private, no-cache'],
  });
});

test('a part of it, its headers alone, and nothing where it is known', async () => {
  expect(await get(file, 'owner', { Range: 'bytes=4-7' })).toMatchObject({ status: 206, text: CONTENT.slice(4, 8) });
  const head = await get(file, 'owner', {}, 'HEAD');
  expect(head).toMatchObject({ status: 200, text: '' });
  expect(head.headers['content-length']).toEqual([String(CONTENT.length)]);
  expect(await get(file, 'owner', { 'If-None-Match': head.headers['etag']![0]! })).toMatchObject({ status: 304, text: '' });
});

test.each(['/private/documents/', '/media/.private/documents/', '/media/x/../.private/documents/', '/media/%2eprivate/documents/', '/media//.private/documents/'])(
  '%s leads to nothing, not even for its owner',
  async (folder) => {
    for (const [port, expected] of [[stack.ports.proxy, 404], [stack.ports.backend, 404]] as const) {
      const answer = await get(`${folder}${name}`, 'owner', {}, 'GET', port);
      expect(answer.text).not.toContain('for some only');
      if (!folder.startsWith('/private/')) expect(answer.status).toBe(expected);
    }
  },
);

test('once it is shared, who is signed in gets it', async () => {
  await write('PATCH', file.replace('attachment/', ''), 'application/json', JSON.stringify({ shared: true }));
  const [stranger, anonymous] = await Promise.all([get(file, 'stranger'), get(file, 'anonymous')]);
  expect([stranger.status, stranger.text, anonymous.status]).toEqual([200, CONTENT, 401]);
});

test('without the proxy in front development serves it too', async () => {
  expect(await get(file, 'owner', {}, 'GET', stack.ports.backend)).toMatchObject({ status: 200, text: CONTENT });
});

function get(path: string, who: keyof typeof people, headers: Record<string, string> = {}, method = 'GET', at = port): Promise<Answer> {
  return ask({ port: at, path, method, headers: { Host: hostOf(at), Cookie: people[who], ...headers } });
}

async function write(method: string, path: string, type: string, body: string): Promise<Answer> {
  const csrf = await ask({ port, path: '/api/v1/auth/csrf/', headers: { Cookie: people.owner } });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  return ask({ port, path, method, headers: { Origin: `http://${hostOf(port)}`, Cookie: people.owner, 'X-CSRFToken': csrfToken, 'Content-Type': type }, body });
}
