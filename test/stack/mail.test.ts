/** Mail in development: in the backend's log, or in Mailpit, by what docs/operations.md and docs/accounts.md say. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { ask, hostOf } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { bringMailpit } from './mailpit.ts';
import { signIn } from './sign-in.ts';
import { DEFAULT_PORTS, dev, docker, exec } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const { proxy: port } = stack.ports;
const ENV = join(stack.folder, '.env');
const MAILPIT = `${stack.name}-mailpit`;
/** The documented one, where nothing else of this machine may have it. */
const page = port === DEFAULT_PORTS.proxy ? 8025 : stack.ports.redis + 5;
const account = { email: 'forgetful@example.test', password: 'a-long-enough-passphrase-7' };

let env = '';
let takeAway = async () => {};

beforeAll(async () => {
  env = await readFile(ENV, 'utf8');
  if (page !== 8025) await writeFile(ENV, `${env}\nMAILPIT_PORT=${page}\n`);
  takeAway = await bringMailpit(stack);
  await untilHealthy(stack, ['proxy', 'backend', 'redis'], 60);
  await shell(`User.objects.filter(email="${account.email}").delete(); User.objects.create_user("${account.email}", "${account.password}")`);
});
afterAll(async () => {
  await writeFile(ENV, env);
  await docker('rm', '--force', MAILPIT);
  await takeAway();
  await dev(stack, 'start');
});

const shell = (code: string) => exec(stack, 'backend', 'python', 'manage.py', 'shell', '--no-imports', '-c', `from apps.users.models import User; ${code}`);
const logs = () => docker('logs', `${stack.name}-backend`);
const LINK = /(http:\/\/\S+?)\/reset-password#token=(\S+)/;

test('without Mailpit a mail is in the log of the backend', async () => {
  expect(await linkAsked(linkInLog)).toMatch(LINK);
});

test('with it the mail is there, on its page, and the link in it sets a new password', async () => {
  expect(await dev(stack, 'start', '--with', 'mailpit')).toMatch(new RegExp(`Mailpit +http://localhost:${page}/`));
  expect(await readFile(ENV, 'utf8')).toMatch(/^COMPOSE_PROFILES=with-celery,with-mailpit$/m);
  expect(await docker('inspect', '--format', '{{.State.Health.Status}} {{.Config.User}}', MAILPIT)).toBe('healthy 65534:65534');
  expect((await ask({ port: page, path: '/' })).text).toMatch(/mailpit/i);

  const before = await linkInLog();
  const link = await linkAsked(linkInMailpit);
  expect(await linkInLog(), 'nothing in the log').toBe(before);
  const [, origin, token] = LINK.exec(link)!;
  expect(origin).toBe(`http://${hostOf(port)}`);
  const opened = await ask({ port, path: '/reset-password', headers: { Accept: 'text/html' } });
  expect([opened.status, opened.headers['content-type']?.[0]]).toEqual([200, expect.stringMatching(/^text\/html/)]);
  const password = 'another-long-passphrase-8';
  expect((await send('password-reset/confirm/', { token: token!, newPassword: password })).status).toBe(204);
  expect((await signIn({ port, account: { ...account, password } })).login.status).toBe(200);
  expect((await send('password-reset/confirm/', { token: token!, newPassword: password })).status, 'good once').toBe(400);
});

test('the profile taken out of .env: the log again', async () => {
  await writeFile(ENV, (await readFile(ENV, 'utf8')).replace(',with-mailpit', ''));
  await dev(stack, 'stop', 'mailpit');
  await dev(stack, 'start');
  expect(await docker('inspect', '--format', '{{.State.Running}}', MAILPIT)).toBe('false');
  expect(await dev(stack, 'urls')).not.toContain('Mailpit');
  expect(await linkAsked(linkInLog)).toMatch(LINK);
});

/** Asks for a mail as the page does. @returns the link that was not there before */
async function linkAsked(look: () => Promise<string>): Promise<string> {
  const before = await look();
  const { status } = await send('password-reset/', { email: account.email });
  expect(status).toBe(202);
  return until('the mail', async () => {
    const link = await look();
    return link !== before && link;
  }, { seconds: 20 });
}

const lastLink = (text: string) => text.match(new RegExp(LINK, 'g'))?.at(-1) ?? '';
const linkInLog = async () => lastLink(await logs());

async function linkInMailpit(): Promise<string> {
  const { messages } = JSON.parse((await ask({ port: page, path: '/api/v1/messages' })).text) as { messages: { To: { Address: string }[] }[] };
  if (messages[0]?.To[0]?.Address !== account.email) return '';
  const { Text } = JSON.parse((await ask({ port: page, path: '/api/v1/message/latest' })).text) as { Text: string };
  return lastLink(Text);
}

async function send(path: string, fields: Readonly<Record<string, string>>) {
  const csrf = await ask({ port, path: '/api/v1/auth/csrf/' });
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  const headers = { Origin: `http://${hostOf(port)}`, Cookie: csrf.headers['set-cookie']![0]!.split(';')[0]!, 'X-CSRFToken': csrfToken, 'Content-Type': 'application/json' };
  return ask({ port, path: `/api/v1/auth/${path}`, method: 'POST', headers, body: JSON.stringify(fields) });
}
