/** The main checkout and two worktrees at once: neither built nor mixed up, one browser signed in to all, and nothing left of one that is removed. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BARS, SERVICES } from './architecture.ts';
import { launch } from './browser.ts';
import { ask, hostOf } from './http.ts';
import { isHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { ACCOUNT, createStaff } from './sign-in.ts';
import { barHere } from './slowness.ts';
import { dev, devScript, docker, exec, generate, GIT_IDENTITY, isNameFree, ownPorts, remove, type Stack } from './stack.ts';
import { timed } from './until.ts';

const NAME = 'st-trees';
const sql = (stack: Stack, query: string) => exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);

let main: Stack;
let copied: Stack;
let empty: Stack;
/** What was said while the second and the third one started. */
const starts: string[] = [];

beforeAll(async () => {
  main = await generate(NAME, ownPorts(16), '--git');
  await dev(main, 'start');
  await createStaff(main);
  copied = checkout('copied');
  empty = checkout('empty');
  starts.push(await dev(main, 'worktree', 'add', 'feature/copied', '--copy-data'));
  await execa('git', ['worktree', 'add', '-b', 'empty', empty.folder], { cwd: main.folder, env: GIT_IDENTITY });
  starts.push(await dev(empty, 'start'));
  for (const stack of [copied, empty]) Object.assign(stack, { ports: await portsOf(stack) });
}, 240_000);
afterAll(async () => {
  for (const stack of [empty, copied, main]) if (stack) await remove(stack);
});

function checkout(slug: string): Stack {
  const name = `${NAME}-${slug === 'copied' ? 'feature-copied' : slug}`;
  return { ...main, name, folder: join(dirname(main.folder), name) };
}

async function portsOf(stack: Stack): Promise<Stack['ports']> {
  const env = await readFile(join(stack.folder, '.env'), 'utf8');
  const port = (service: string) => Number(new RegExp(`^${service.toUpperCase()}_PORT=(\\d+)$`, 'm').exec(env)?.[1]);
  return { proxy: port('proxy'), frontend: port('frontend'), backend: port('backend'), db: port('db'), redis: port('redis') };
}

test('all three are healthy at once, each under names and ports of its own', async () => {
  for (const stack of [main, copied, empty]) {
    for (const { service } of SERVICES.filter(({ profile }) => !profile)) expect(await isHealthy(stack, service), `${service} of ${stack.name}`).toBe(true);
    const { status, text } = await ask({ port: stack.ports.proxy, path: '/api/v1/config/frontend/' });
    expect(status).toBe(200);
    expect(text).toContain(stack === main ? '"St trees"' : `"St trees - ${stack.name.slice(NAME.length + 1)}"`);
    expect(await dev(stack, 'urls')).toContain(`http://${hostOf(stack.ports.proxy)}/`);
  }
  const ports = [main, copied, empty].flatMap((stack) => Object.values(stack.ports));
  expect(new Set(ports).size).toBe(ports.length);
});

test('nothing is built for the second and third: their images have the layers of the first one', async () => {
  for (const service of ['backend', 'frontend']) {
    const layers = async (stack: Stack) => docker('image', 'inspect', '--format', '{{.RootFS.Layers}}', `${stack.name}-${service}-dev`);
    expect(await layers(copied)).toBe(await layers(main));
    expect(await layers(empty)).toBe(await layers(main));
  }
  // A step that is not cached has a line.
  for (const said of starts) expect(said).not.toMatch(/^ *\d+s {2}\[(backend|frontend) /m);
});

test('each has its own rows: a copy has those of the first one as they were, and neither sees what another writes', async () => {
  const users = (stack: Stack) => sql(stack, 'SELECT count(*) FROM users_user');
  expect([await users(main), await users(copied), await users(empty)]).toEqual(['1', '1', '0']);
  await sql(copied, 'CREATE TABLE here AS SELECT 1 AS id');
  for (const stack of [main, empty]) expect(await sql(stack, "SELECT to_regclass('here') IS NULL")).toBe('t');
  await createStaff(empty);
  expect([await users(main), await users(copied)]).toEqual(['1', '1']);
});

test('one browser stays signed in to all three over twenty loads of each', async () => {
  let browser: Browser | undefined;
  try {
    browser = await launch();
    const context = await browser.newContext();
    for (const stack of [main, copied, empty]) await signIn(context, stack);
    const page = await context.newPage();
    for (let round = 0; round < 20; round += 1) {
      for (const stack of [main, copied, empty]) {
        await load(page, stack);
        expect(await me(page), `${stack.name}, round ${round}`).toBe(ACCOUNT.email);
      }
    }
    await page.waitForFunction(`document.title.endsWith('- empty')`);
  } finally {
    await browser?.close();
  }
}, 60_000);

test.each([['second', () => copied], ['third', () => empty]])('the %s starts within the bar while the others run', async (which, stack) => {
  await dev(stack(), 'down');
  const { seconds } = await timed(() => dev(stack(), 'start'));
  keep(`start of the ${which} checkout, s`, seconds, BARS.checkoutStartSeconds);
  expect(seconds).toBeLessThanOrEqual(barHere(BARS.checkoutStartSeconds));
});

test('"worktree list" tells of all, to programs, too', async () => {
  const { checkouts } = JSON.parse(await dev(main, 'worktree', 'list', '--json')) as { checkouts: Record<string, unknown>[] };
  expect(checkouts.length).toBe(3);
  for (const [stack, branch] of [[main, expect.any(String)], [copied, 'feature/copied'], [empty, 'empty']] as const) {
    expect(checkouts).toContainEqual({
      path: stack.folder,
      branch,
      project: stack.name,
      url: `http://${hostOf(stack.ports.proxy)}`,
      state: 'healthy',
      bytes: expect.any(Number) as number,
    });
  }
});

test('"worktree remove" refuses the main checkout, and asks for what is in no commit', async () => {
  expect((await devScript(copied, ['worktree', 'remove', main.folder, `--yes-delete=${main.name}`])).exitCode).toBe(2);
  await execa('touch', [join(empty.folder, 'notes.txt')]);
  const refused = await devScript(main, ['worktree', 'remove', 'empty', `--yes-delete=${empty.name}`]);
  expect(refused.all).toContain('notes.txt');
  expect(refused.exitCode).toBe(2);
  expect(await isHealthy(empty, 'proxy')).toBe(true);
});

test('of one that is removed nothing is left, and the others go on', async () => {
  await dev(main, 'worktree', 'remove', 'empty', `--yes-delete=${empty.name}`, '--discard-changes');
  await dev(main, 'worktree', 'remove', 'feature/copied', `--yes-delete=${copied.name}`);
  for (const { name, folder } of [copied, empty]) {
    expect(await isNameFree(name)).toBe(true);
    expect(await docker('image', 'ls', '-q', '--filter', `reference=${name}-*`)).toBe('');
    expect(existsSync(folder), basename(folder)).toBe(false);
  }
  expect((await ask({ port: main.ports.proxy, path: '/api/v1/health/' })).status).toBe(200);
  expect((await execa('git', ['branch', '--list', 'feature/copied'], { cwd: main.folder })).stdout).toContain('feature/copied');
});

/** Until the page is there; what it loads goes on, and asks with the cookies, too. */
async function load(page: Page, stack: Stack): Promise<void> {
  const go = () => page.goto(`http://${hostOf(stack.ports.proxy)}/`, { waitUntil: 'commit' });
  await go().catch(go); // Chromium drops what it loads when the host gets or loses a network interface
}

/** Before any page is open: the page asks for a CSRF cookie, too, and the last one counts. */
async function signIn({ request }: BrowserContext, stack: Stack): Promise<void> {
  const at = (path: string) => `http://${hostOf(stack.ports.proxy)}/api/v1/auth/${path}/`;
  const { csrfToken } = (await (await request.get(at('csrf'))).json()) as { csrfToken: string };
  expect((await request.post(at('login'), { data: ACCOUNT, headers: { 'X-CSRFToken': csrfToken } })).status(), stack.name).toBe(200);
}

function me(page: Page): Promise<unknown> {
  return page.evaluate(async () => ((await (await fetch('/api/v1/users/me/')).json()) as { email?: string }).email);
}
