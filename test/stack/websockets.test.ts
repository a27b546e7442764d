/** The backend's WebSockets through the proxy, in a browser: what they say, whom they refuse, and Redis restarted beneath them. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch } from './browser.ts';
import { ask, hostOf, shakeHands } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { ACCOUNT, createStaff, signIn } from './sign-in.ts';
import { compose, exec, generate, ownPorts, remove, dev, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  stack = await generate('st-sockets', ownPorts(8), '--websockets');
  await dev(stack, 'start');
  await createStaff(stack);
  browser = await launch();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  if (stack) await remove(stack);
});

describe('/api/ws/health/', () => {
  test('says at once what the health endpoint says, and again within 5 s', async () => {
    const socket = await open('/api/ws/health/');
    const first = await socket.next('health');
    const endpoint = JSON.parse((await ask({ port: stack.ports.proxy, path: '/api/v1/health/' })).text);
    expect(withoutLatency(first.data)).toEqual(withoutLatency(endpoint));
    const started = performance.now();
    expect((await socket.next('health')).data).toMatchObject({ status: 'healthy' });
    expect(performance.now() - started).toBeLessThan(5500);
  });

  test('tells that Redis is away and back, over the same connection', async () => {
    const socket = await open('/api/ws/health/');
    await socket.next('health');
    await compose(stack, 'stop', '-t', '2', 'redis');
    await socket.until('health', (message) => message.data['status'] === 'unhealthy', 10);
    await compose(stack, 'start', 'redis');
    await socket.until('health', (message) => message.data['status'] === 'healthy', 15);
    expect(await socket.code()).toBeNull();
  });
});

describe('/api/ws/events/', () => {
  test('sends who is not signed in away to do so', async () => {
    const socket = await open('/api/ws/events/');
    expect(await socket.closed(5)).toBe(4401);
  });

  test('brings what the backend tells this user, until he signs out', async () => {
    const { cookies } = await signIn({ port: stack.ports.proxy });
    const socket = await open('/api/ws/events/', cookies);
    const message = await until('the event arrives', () => notifyAndRead(socket), { seconds: 20 });
    expect(message).toMatchObject({ type: 'event', kind: 'report.ready', data: { id: 7 } });
    await signOut();
    expect(await socket.closed(5)).toBe(4401);
  });

  test('asks to come back when Redis restarts, and goes on then', async () => {
    const { cookies } = await signIn({ port: stack.ports.proxy });
    const socket = await open('/api/ws/events/', cookies);
    await until('the event arrives', () => notifyAndRead(socket), { seconds: 20 });
    await compose(stack, 'stop', '-t', '2', 'redis');
    expect(await socket.closed(15)).toBe(1013);
    await compose(stack, 'start', 'redis');
    await untilHealthy(stack, ['redis'], 30);
    const again = await open('/api/ws/events/', cookies);
    expect(await until('the event arrives', () => notifyAndRead(again), { seconds: 20 })).toMatchObject({ kind: 'report.ready' });
  });
});

describe('the door', () => {
  test.each([
    { what: 'a page of another site', path: '/api/ws/health/', origin: 'http://elsewhere.example.test' },
    { what: 'a page of another site, for events', path: '/api/ws/events/', origin: 'http://elsewhere.example.test' },
    { what: 'who asks for what is not there', path: '/api/ws/nothing/', origin: undefined },
  ])('refuses $what', async ({ path, origin = `http://${hostOf(stack.ports.proxy)}` }) => {
    expect((await shakeHands({ port: stack.ports.proxy, path, headers: { Origin: origin } })).status).toBe(403);
  });

  test('opens for the direct port of the frontend and a plain request stays a plain request', async () => {
    const origin = `http://localhost:${stack.ports.frontend}`;
    expect((await shakeHands({ port: stack.ports.backend, path: '/api/ws/health/', headers: { Origin: origin } })).status).toBe(101);
    expect((await ask({ port: stack.ports.proxy, path: '/api/ws/health/' })).status).toBe(404);
  });

  test('leaves no traceback in the log, and each visit has the id of its request', async () => {
    const log = await compose(stack, 'logs', '--no-color', 'backend');
    expect(log).not.toContain('Traceback');
    expect(log).toMatch(/socket .*path=\/api\/ws\/nothing\/ code=403 .*request_id=\w{32}/);
  });
});

interface Message {
  readonly type: string;
  readonly kind?: string;
  readonly data: Record<string, unknown>;
}

/** A socket that a page of the application has open; messages that were read are forgotten. */
interface Socket {
  next(type: string): Promise<Message>;
  until(type: string, condition: (message: Message) => boolean, seconds: number): Promise<Message>;
  read(): Promise<readonly Message[]>;
  code(): Promise<number | null>;
  closed(seconds: number): Promise<number>;
}

/** Opens one in a fresh page, whose origin is the application's own, with the cookies of a sign-in. */
async function open(path: string, cookies = ''): Promise<Socket> {
  await page?.context().close();
  const context = await browser.newContext();
  const url = `http://${hostOf(stack.ports.proxy)}`;
  const pairs = cookies.split('; ').filter(Boolean).map((pair) => pair.split('=') as [string, string]);
  await context.addCookies(pairs.map(([name, value]) => ({ name, value, url })));
  page = await context.newPage();
  await page.goto(`${url}/health`);
  const handle = await page.evaluateHandle(`(() => {
    const state = { messages: [], code: null };
    const socket = new WebSocket(${JSON.stringify(`ws://${hostOf(stack.ports.proxy)}${path}`)});
    socket.onmessage = ({ data }) => state.messages.push(JSON.parse(data));
    socket.onclose = ({ code }) => { state.code = code; };
    return state;
  })()`);
  const state = handle as { evaluate<T>(look: (state: { messages: Message[]; code: number | null }) => T): Promise<T> };
  const read = () => state.evaluate(({ messages }) => messages.splice(0));
  const code = () => state.evaluate((seen) => seen.code);
  const untilMessage = (type: string, condition: (message: Message) => boolean, seconds: number) =>
    until(`a message of type ${type}`, async () => (await read()).find((message) => message.type === type && condition(message)), { seconds });
  return { read, code, until: untilMessage, next: (type) => untilMessage(type, () => true, 10), closed: (seconds) => until('it is closed', code, { seconds }) };
}

/** Sent anew each time, because what is sent before the page has joined is not kept for it. */
async function notifyAndRead(socket: Socket): Promise<Message | undefined> {
  const find = `from apps.users.models import User; from apps.websockets.notify import notify_user; user = User.objects.get(email="${ACCOUNT.email}")`;
  await exec(stack, 'backend', 'python', 'manage.py', 'shell', '--no-imports', '-c', `${find}; notify_user(user.pk, "report.ready", {"id": 7})`);
  return (await socket.read()).find(({ type }) => type === 'event');
}

/** In the page itself, with its own cookies. */
async function signOut(): Promise<void> {
  const status = await page.evaluate(`(async () => {
    const token = /csrf\\w*=([^;]+)/.exec(document.cookie)[1];
    return (await fetch('/api/v1/auth/logout/', { method: 'POST', headers: { 'X-CSRFToken': token } })).status;
  })()`);
  expect(status).toBe(204);
}

function withoutLatency(report: unknown): unknown {
  return JSON.parse(JSON.stringify(report, (key, value: unknown) => (key === 'latencyMs' ? 0 : value)));
}
