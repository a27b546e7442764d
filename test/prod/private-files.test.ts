/** A private file through TLS and nginx: Django says who may read it, nginx hands it over, and its own address leads nowhere. */
import { beforeAll, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { signUp, write } from './people.ts';
import { containerOf, send } from './site.ts';

const site = inject('site');
const CONTENT = 'for some only, 0123456789';

const people = { owner: '', stranger: '', anonymous: '' };
let file = '';
let name = '';

beforeAll(async () => {
  for (const who of ['owner', 'stranger'] as const) people[who] = await signUp(site, `${who}@files.test`);
  const made = await write(site, people.owner, 'POST', '/api/v1/documents/', JSON.stringify({ title: 'Mine' }));
  file = `/api/v1/documents/${(JSON.parse(made.text) as { id: number }).id}/attachment/`;
  const form = `--b\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\n${CONTENT}\r\n--b--\r\n`;
  const stored = await write(site, people.owner, 'PUT', file, form, 'multipart/form-data; boundary=b');
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
