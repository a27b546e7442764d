/** A backend that hangs: whoever asks is told within ten seconds, long before healing has started it again. */
import { request } from 'node:https';
import { afterAll, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { timed, until } from '../stack/until.ts';
import { containerOf, HOST, send, visit, type Sent } from './site.ts';

const site = inject('site');
const LIVE = '/api/v1/health/live/';
const JSON_TYPE = { 'Content-Type': 'application/json' };

const REQUESTS: readonly (Sent & { readonly what: string; readonly type: RegExp })[] = [
  { what: 'a request of the API', path: LIVE, type: /^application\/problem\+json/ },
  { what: 'a form of the API', path: '/api/v1/documents/', method: 'POST', headers: JSON_TYPE, body: '{}', type: /^application\/problem\+json/ },
  { what: 'a sign-in', path: '/api/v1/auth/login/', method: 'POST', headers: JSON_TYPE, body: '{}', type: /^application\/problem\+json/ },
  { what: 'an upload that fills every buffer', path: '/api/v1/documents/', method: 'POST', body: 'x'.repeat(19_000_000), type: /^application\/problem\+json/ },
  { what: 'a page', path: '/admin/login/', type: /^text\/html/ },
];

let frozen: string | undefined;
const unfreeze = async () => {
  const id = frozen;
  frozen = undefined;
  if (id) await docker('unpause', id);
};
afterAll(unfreeze);

test('every request is answered within 10 s, and as before when it goes on', async () => {
  frozen = await containerOf(site, 'backend');
  await docker('pause', frozen);
  try {
    const answers = await Promise.all(REQUESTS.map((each) => timed(() => send(site, each))));
    for (const [n, { what, type }] of REQUESTS.entries()) {
      const { seconds, value } = answers[n]!;
      expect(seconds, what).toBeLessThanOrEqual(10);
      expect(value.status, what).toBe(504);
      expect(value.headers['content-type'], what).toMatch(type);
      expect(value.headers['retry-after'], what).toBe('2');
      expect(value.headers['strict-transport-security'], what).toBeTruthy();
      if (String(type).includes('html')) expect(value.text, what).toContain('This site does not answer just now.');
      else expect(JSON.parse(value.text), what).toMatchObject({ status: 504, detail: expect.any(String), requestId: expect.any(String) });
    }
  } finally {
    await unfreeze();
  }
  await until('it answers again', async () => (await visit(site, LIVE)).status === 200, { seconds: 20 });
  expect((await visit(site, '/admin/login/')).status).toBe(200);
}, 120_000);

test('a body may take longer than that to come', async () => {
  const { seconds, value } = await timed(sendSlowly);
  expect(seconds).toBeGreaterThan(11);
  expect(value).toBe(405);
});

/** A body of twelve seconds. @returns the status of its answer */
function sendSlowly(): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: site.https, path: LIVE, method: 'POST', agent: false, rejectUnauthorized: false, headers: { Host: HOST, 'Content-Length': 13 } };
    const outgoing = request(options, (answer) => resolve(answer.resume().statusCode!)).on('error', reject);
    let left = 13;
    const write = () => {
      left -= 1;
      if (left === 0) return void outgoing.end('x');
      outgoing.write('x');
      setTimeout(write, 1000);
    };
    write();
  });
}
