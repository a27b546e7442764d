/** A private file through TLS and nginx: Django says who may read it, nginx hands it over, and its own address leads nowhere. */
import { beforeAll, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { containerOf, HOST, prod, send, type Page } from './site.ts';

const site = inject('site');
const CONTENT = 'for some only, 0123456789';
const PASSWORD = 'a-long-enough-passphrase-7';

const people = { owner: '', stranger: '', anonymous: '' };
let file = '';
let name = '';

beforeAll(async () => {
  for (const who of ['owner', 'stranger'] as const) {
    const email = `${who}@files.test`;
    await prod(site, 'manage', 'shell', '--no-imports', '-c', `from apps.users.models import User; User.objects.filter(email="${email}").delete(); User.objects.create_user("${email}", "${PASSWORD}")`);
    people[who] = cookiesOf(await write('anonymous', 'POST', '/api/v1/auth/login/', JSON.stringify({ email, password: PASSWORD })));
  }
  const made = await write('owner', 'POST', '/api/v1/documents/', JSON.stringify({ title: 'Mine' }));
  file = `/api/v1/documents/${(JSON.parse(made.text) as { id: number }).id}/attachment/`;
  const form = `--b\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\n${CONTENT}\r\n--b--\r\n`;
  const stored = await write('owner', 'PUT', file, form, 'multipart/form-data; boundary=b');
  expect(stored.status, stored.text).toBe(200);
  name = (await docker('exec', await containerOf(site, 'backend'), 'sh', '-c', 'cd /app/media/.private/documents && ls -t | head -n 1')).trim();
});

test('its owner gets it, from nginx, as a download that is no page of this site', async () => {
  const answer = await get(file, 'owner');
  expect([answer.status, answer.text]).toEqual([200, CONTENT]);
  expect(answer.headers).toMatchObject({
    'content-disposition': 'attachment; filename="plan.txt"',
    'accept-ranges': 'bytes', // nginx's: Django would send the whole
    'cache-control': 'private, no-cache',
    'strict-transport-security': 'max-age=3600; includeSubDomains',
  });
  expect(answer.headers['content-security-policy']).toContain('sandbox');
  expect(answer.headers['x-accel-redirect']).toBeUndefined();
  expect(await send(site, { path: file, headers: { Cookie: people.owner, Range: 'bytes=4-7' } })).toMatchObject({ status: 206, text: CONTENT.slice(4, 8) });
});

test.each([['stranger', 404], ['anonymous', 401]] as const)('%s gets %i, and nothing of it', async (who, status) => {
  const answer = await get(file, who);
  expect(answer.status).toBe(status);
  expect(answer.text).not.toContain('for some only');
});

test.each(['/private/documents/', '/media/.private/documents/', '/media/x/../.private/documents/', '/media/%2eprivate/documents/', '/media//.private/documents/'])(
  '%s is 404, for its owner too',
  async (folder) => {
    const answer = await get(`${folder}${name}`, 'owner');
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('for some only');
  },
);

const get = (path: string, who: keyof typeof people) => send(site, { path, headers: { Cookie: people[who] } });

/** As a browser does: with the token that belongs to its cookie. */
async function write(who: keyof typeof people, method: string, path: string, body: string, type = 'application/json'): Promise<Page> {
  const csrf = await get('/api/v1/auth/csrf/', who);
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const cookies = [people[who], cookiesOf(csrf)].filter(Boolean).join('; ');
  return send(site, { path, method, body, headers: { Origin: `https://${HOST}`, Referer: `https://${HOST}/`, Cookie: cookies, 'X-CSRFToken': csrfToken, 'Content-Type': type } });
}

function cookiesOf({ headers }: Page): string {
  return (headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
}
