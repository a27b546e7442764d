/** Every route through the proxy: where it leads, and what the proxy adds on the way. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { ROUTES, SECURITY_HEADERS, type Service } from './architecture.ts';
import { ask, askRaw, shakeHands, type Answer } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { createStaff, signIn } from './sign-in.ts';
import { compose, container, docker, exec } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const port = stack.ports.proxy;
const get = (path: string, headers: Record<string, string> = {}) => ask({ port, path, headers });

describe('a route', () => {
  test.each(ROUTES)('$path is answered by the $from', async ({ path, status, type, body }) => {
    const answer = await get(path, { Accept: 'text/html,application/json;q=0.9,*/*;q=0.8' });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']?.[0]).toMatch(type);
    expect(answer.text).toMatch(body);
    expectSecurityHeaders(answer);
  });

  test.each(Object.keys(SECURITY_HEADERS))('of the backend has the same %s with and without the proxy', async (name) => {
    const direct = await ask({ port: stack.ports.backend, path: '/admin/login/' });
    expect((await get('/admin/login/')).headers[name]).toEqual(direct.headers[name]);
  });

  test('/admin/ leads to the login of the backend', async () => {
    const answer = await get('/admin/');
    expect(answer.status).toBe(302);
    expect(answer.headers['location']).toEqual(['/admin/login/?next=/admin/']);
  });

  test('/media/ serves what the backend stored', async () => {
    await exec(stack, 'backend', 'sh', '-c', 'echo stored >/app/media/route.txt');
    expect(await get('/media/route.txt')).toMatchObject({ status: 200, text: 'stored\n' });
  });

  test('/ws becomes a WebSocket', async () => {
    const answer = await shakeHands({ port, path: '/ws' });
    expect(answer.status).toBe(101);
    expect(answer.headers['upgrade']?.[0]?.toLowerCase()).toBe('websocket');
  });

  test.each(['/wsX', '/', '/api/v1/health/live/'])('%s does not, whoever asks for it', async (path) => {
    expect((await shakeHands({ port, path })).status).toBe(200);
  });

  test.each(['frontend', 'backend'] as const)('is there for the direct port of the %s too', async (service) => {
    const path = service === 'backend' ? '/api/v1/health/live/' : '/';
    expect((await ask({ port: stack.ports[service], path })).status).toBe(200);
  });
});

describe('an anonymous request', () => {
  test('for the users is refused with a problem that carries the id of the request', async () => {
    const answer = await get('/api/v1/users/');
    expect(answer.status).toBe(401);
    expect(answer.headers['content-type']?.[0]).toMatch(/^application\/problem\+json/);
    const problem = JSON.parse(answer.text) as Record<string, unknown>;
    expect(problem).toMatchObject({ title: expect.any(String), status: 401, detail: expect.any(String) });
    expect(problem['requestId']).toBe(answer.headers['x-request-id']?.[0]);
    expectSecurityHeaders(answer);
  });

  test('has one id of its own in the answer and in the log of the backend', async () => {
    const [first, second] = [await get('/api/v1/users/'), await get('/api/v1/users/')];
    const id = first.headers['x-request-id']![0]!;
    expect(first.headers['x-request-id']).toHaveLength(1);
    expect(second.headers['x-request-id']).not.toEqual([id]);
    expect(await compose(stack, 'logs', '--no-color', 'backend')).toContain(id);
  });

  test('is logged without what is behind its "?", which may be a secret', async () => {
    await get('/api/v1/nothing/of-the-log/?token=SECRET-IN-A-QUERY');
    const logged = (await compose(stack, 'logs', '--no-color', 'proxy', 'backend')).split('\n').filter((line) => line.includes('of-the-log'));
    expect(logged).toHaveLength(2);
    expect(logged.join('\n')).not.toContain('SECRET');
  });

  test('for what is not there gets the security headers too', async () => {
    const answer = await get('/api/v1/nothing/');
    expect(answer.status).toBe(404);
    expectSecurityHeaders(answer);
  });
});

test.each([
  ['/api/v1/nothing/', 404],
  ['/static/x', 405],
  ['/media/x', 405],
])('a large body for %s is answered at once, and not after a minute', async (path, status) => {
  const answer = await ask({ port, path, method: 'POST', body: 'x'.repeat(3_000_000) });
  expect(answer.status).toBe(status);
  expect(answer.seconds).toBeLessThan(5);
});

describe('what nginx refuses itself under /api/ is a problem', () => {
  const path = '/api/v1/health/live/';
  test.each([
    { what: 'a method that it never passes on', status: 405, request: `TRACE ${path} HTTP/1.1\r\nHost: localhost` },
    { what: 'a tunnel', status: 400, request: `CONNECT ${path} HTTP/1.1\r\nHost: localhost` },
    { what: 'no host', status: 400, request: `GET ${path} HTTP/1.1` },
    { what: 'two hosts', status: 400, request: `GET ${path} HTTP/1.1\r\nHost: a\r\nHost: b` },
    { what: 'a length that is none', status: 400, request: `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: x` },
    { what: 'a NUL in the address', status: 400, request: `GET ${path}%00 HTTP/1.1\r\nHost: localhost` },
    { what: 'an address that leads out', status: 400, request: `GET /api/../../ HTTP/1.1\r\nHost: localhost` },
    { what: 'a body that is too large', status: 413, request: `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 30000000` },
    { what: 'an address that is too long', status: 414, request: `GET ${path}${'a'.repeat(9000)} HTTP/1.1\r\nHost: localhost` },
    { what: 'a header that is too long', status: 431, request: `GET ${path} HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'a'.repeat(9000)}` },
    { what: 'an encoding that it does not know', status: 501, request: `POST ${path} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: x` },
  ])('$what: $status', async ({ status, request }) => {
    const [head, body] = (await askRaw(port, `${request}\r\nConnection: close\r\n\r\n`)).split('\r\n\r\n') as [string, string];
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^content-type: application\/problem\+json/im);
    expect(head.match(/^x-content-type-options: nosniff/gim)).toHaveLength(1);
    expect(JSON.parse(body)).toMatchObject({ status, title: expect.stringMatching(/./), detail: expect.stringMatching(/./), requestId: expect.stringMatching(/./) });
    expect(/^allow: .*GET.*POST/im.test(head)).toBe(status === 405);
  });
});

test.each(['/static/..%2fmanage.py', '/media/..%2fmanage.py', `/static/${'a'.repeat(3000)}`, `/media/${'a'.repeat(3000)}`])(
  '%.30s is not found, and no crash, here and at the backend itself',
  async (path) => {
    for (const answer of [await get(path), await ask({ port: stack.ports.backend, path })]) {
      expect(answer.status).toBe(404);
      expect(answer.headers['content-type']?.[0]).toMatch(/^text\/html/);
      expect(answer.text).not.toMatch(/Traceback|Suspicious/);
    }
  },
);

test('/favicon.ico is there for the pages of the backend, which name none', async () => {
  const answer = await get('/favicon.ico');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']?.[0]).toMatch(/^image\//);
  expectSecurityHeaders(answer);
});

test('/robots.txt is text for programs, and not the page', async () => {
  const answer = await get('/robots.txt');
  expect(answer.status).toBe(200);
  expect(answer.headers['content-type']?.[0]).toMatch(/^text\/plain/);
  expect(answer.text).toMatch(/^User-agent: /m);
});

test('the page has a description for who finds it by searching', async () => {
  expect((await get('/', { Accept: 'text/html' })).text).toMatch(/<meta name="description" content="[^"]{20,}"/);
});

// Each `location` with a slash at its end that passes on: nginx itself sends there who leaves the slash out. Browsers keep
// this 301 for good, which does no harm as long as it names no host and no port.
test.each(['/api', '/admin', '/static', '/media', '/@vite'])('%s leads to the same with a slash, on whatever host it was asked for', async (path) => {
  for (const headers of [{}, { Host: 'elsewhere.example.test' }]) {
    const answer = await get(`${path}?a=1`, headers);
    expect(answer.status).toBe(301);
    expect(answer.headers['location']).toEqual([`${path}/?a=1`]);
  }
});

describe('a person', () => {
  beforeAll(() => createStaff(stack));

  test('signs in through the proxy and sees the users', async () => {
    const { login, cookies } = await signIn({ port });
    expect(login.status).toBe(200);
    const users = await get('/api/v1/users/', { Cookie: cookies });
    expect(users.status).toBe(200);
  });

  test('cannot be signed in from another site', async () => {
    const { login } = await signIn({ port, origin: 'http://elsewhere.example.test' });
    expect(login.status).toBe(403);
  });
});

describe.each([
  { service: 'db', state: 'frozen', away: 'pause', back: 'unpause', answers: [503] },
  { service: 'db', state: 'stopped', away: 'stop', back: 'start', answers: [503] },
  // The cache is asked for what can be known without it, too.
  { service: 'redis', state: 'frozen', away: 'pause', back: 'unpause', answers: [200, 503] },
] as const)('for a person who is signed in, while $service is $state', ({ service, away, back, answers }) => {
  let cookies = '';
  beforeAll(async () => {
    ({ cookies } = await signIn({ port }));
    await docker(away, container(stack, service));
  });
  afterAll(async () => {
    await docker(back, container(stack, service));
    await untilHealthy(stack, [service, 'backend'], 60);
  });

  test.each(['/api/v1/users/me/', '/admin/'])('%s is answered within 10 s, and without a secret', async (path) => {
    const answer = await get(path, { Cookie: cookies });
    expect(answers).toContain(answer.status);
    expect(answer.seconds).toBeLessThan(10);
    const secret = /^POSTGRES_PASSWORD=(.+)$/m.exec(await readFile(join(stack.folder, '.env'), 'utf8'))![1]!;
    expect(answer.text).not.toContain(secret);
  });
});

test('while the backend is frozen, whoever asks is told within 10 s', async () => {
  await untilHealthy(stack, ['proxy', 'backend'], 60);
  const json = { 'Content-Type': 'application/json' };
  const asked = [
    { path: '/api/v1/health/live/' },
    { path: '/api/v1/documents/', method: 'POST', headers: json, body: 'x'.repeat(19_000_000) }, // more than every buffer on the way
    { path: '/api/v1/auth/login/', method: 'POST', headers: json, body: '{}' },
    { path: '/admin/login/' },
    { path: '/media/a.txt' },
  ];
  await docker('pause', container(stack, 'backend'));
  const answers = await Promise.all(asked.map((each) => ask({ port, timeoutSeconds: 70, ...each }))).finally(() => docker('unpause', container(stack, 'backend')));
  for (const [n, { path }] of asked.entries()) {
    const { status, seconds, headers } = answers[n]!;
    expect(status, path).toBe(504);
    expect(seconds, path).toBeLessThanOrEqual(10);
    expect(headers['content-type']?.[0], path).toMatch(path.startsWith('/api/') ? /^application\/problem\+json/ : /^text\/html/);
    expectSecurityHeaders(answers[n]!);
  }
  await until('it answers again', async () => (await get('/api/v1/health/live/')).status === 200, { seconds: 20 });
  await untilHealthy(stack, ['backend'], 60);
});

describe('compression', () => {
  test.each([
    { what: 'JSON', path: '/api/v1/schema/', accept: 'application/json', type: /^application\/json/ },
    { what: 'the schema', path: '/api/v1/schema/', accept: 'application/vnd.oai.openapi+json', type: /^application\/vnd\.oai\.openapi\+json/ },
    { what: 'JavaScript', path: '/@vite/client', accept: '*/*', type: /^text\/javascript/ },
    { what: 'CSS', path: '/static/admin/css/base.css', accept: '*/*', type: /^text\/css/ },
  ])('makes $what small for who can read it', async ({ path, accept, type }) => {
    const small = await get(path, { Accept: accept, 'Accept-Encoding': 'gzip' });
    const plain = await get(path, { Accept: accept });
    expect(small.status).toBe(200);
    expect(small.headers['content-type']?.[0]).toMatch(type);
    expect(small.headers['content-encoding']).toEqual(['gzip']);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(small.body.length).toBeLessThan(plain.body.length / 2);
  });
});

describe.each([
  { service: 'backend', paths: ['/api/v1/health/', '/admin/', '/static/a.css', '/media/a.txt'], here: '/' },
  { service: 'frontend', paths: ['/', '/@vite/client'], here: '/api/v1/health/live/' },
] as const)('while the $service is away', ({ service, paths, here }) => {
  let first: Answer;
  beforeAll(async () => {
    await compose(stack, 'stop', '-t', '2', service);
    first = await get(paths[0]);
    // The address that nobody has any more is forgotten within a second; until then nginx waits for it in vain.
    await until(`the proxy misses the ${service}`, async () => (await get(paths[0])).status === 502, { seconds: 5 });
  });
  afterAll(() => comeBack(service));

  test('the first answer says so too, with the security headers, and in time', () => {
    expect([502, 504]).toContain(first.status);
    expectSecurityHeaders(first);
    expect(first.seconds).toBeLessThan(4);
  });

  test.each(paths)('%s answers 502 with the security headers', async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(502);
    expectSecurityHeaders(answer);
    const type = path.startsWith('/api/') ? /^application\/problem\+json/ : /^text\/html/;
    expect(answer.headers['content-type']?.[0]).toMatch(type);
  });

  test('the rest and the proxy itself go on', async () => {
    expect((await get(here)).status).toBe(200);
    expect((await get('/health')).status).toBe(200);
  });
});

describe('the sign-in', () => {
  // Its budget is used up for a minute; a new nginx has a new one.
  afterAll(async () => {
    await docker('restart', container(stack, 'proxy'));
    await untilHealthy(stack, ['proxy'], 60);
  });

  const trySignIn = () => ask({ port, path: '/api/v1/auth/login/', method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } });

  test('takes a hundred at once from one address, not two hundred and fifty, and everything else goes on', async () => {
    const answers = await Promise.all(Array.from({ length: 250 }, trySignIn));
    const refused = answers.filter(({ status }) => status === 429);
    expect(answers.length - refused.length).toBeGreaterThanOrEqual(100);
    expect(refused.length).toBeGreaterThan(50);
    const [{ headers, text }] = refused as [Answer];
    expect(headers['content-type']?.[0]).toMatch(/^application\/problem\+json/);
    expect(Number(headers['retry-after']?.[0])).toBeGreaterThan(0);
    expect(JSON.parse(text)).toMatchObject({ status: 429, title: 'Too Many Requests' });
    expectSecurityHeaders(refused[0]!);
    expect((await get('/api/v1/users/me/')).status).toBe(401);
    // The budget comes back: whoever does what Retry-After says gets in.
    await until('the sign-in is open again', async () => (await trySignIn()).status !== 429, { seconds: 5, every: 1000 });
  });
});

async function comeBack(service: Service): Promise<void> {
  await compose(stack, 'start', service);
  await untilHealthy(stack, [service], 60);
}

function expectSecurityHeaders({ headers }: Answer): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
    expect(headers[name], name).toHaveLength(1);
    expect(headers[name]![0]).toMatch(value);
  }
  expect(headers['server'], 'no version').toEqual(['nginx']);
}
