/** ./docker-dev.sh errors: a throw in the browser, in a view and in a task is there with file and line, also as it happens. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { BARS } from './architecture.ts';
import { launch } from './browser.ts';
import { ask, hostOf } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { barHere } from './slowness.ts';
import { compose, container, dev, devScript, docker, exec } from './stack.ts';
import { until } from './until.ts';

interface Found {
  readonly source: string;
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly request: string | null;
  readonly answer: string | null;
}

const stack = inject('stack');
const at = (path: string) => join(stack.folder, path);
const TASKS = at('backend/apps/users/tasks.py');
const VIEW = at('backend/apps/core/drill.py');
const URLS = at('backend/config/urls.py');
const MAIN = at('frontend/src/main.tsx');
const kept = new Map<string, string>();
let browser: Browser;

beforeAll(async () => {
  for (const file of [URLS, MAIN]) kept.set(file, await readFile(file, 'utf8'));
  await writeFile(TASKS, 'from celery import shared_task\n\n\n@shared_task\ndef broken() -> None:\n    raise RuntimeError("thrown in a task")\n');
  await writeFile(VIEW, 'from apps.users.tasks import broken\n\n\ndef throw(request):\n    broken.delay()\n    raise ValueError("thrown in a view")\n');
  await writeFile(URLS, kept.get(URLS)!.replace(/^urlpatterns: .*$/m, '$&\n    path("api/v1/throw/", __import__("apps.core.drill", fromlist=["throw"]).throw),'));
  await writeFile(MAIN, `${kept.get(MAIN)!}\nsetTimeout(() => {\n  throw new Error('thrown in the browser')\n}, 500)\n`);
  // Again and again: a worker that has not taken up the file yet throws the task away.
  await until(
    'the view and the task are there',
    async () => (await ask({ port: stack.ports.proxy, path: '/api/v1/throw/' })).status === 500 && (await docker('logs', container(stack, 'celery'))).includes('thrown in a task'),
    { seconds: 90, every: 1000 },
  );
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  for (const [file, content] of kept) await writeFile(file, content);
  await rm(TASKS, { force: true });
  await rm(VIEW, { force: true });
  await untilHealthy(stack, ['backend', 'celery'], 60);
});

test('the three throws are told as they happen, within 2 s, and in the list', async () => {
  const follow = execa('./docker-dev.sh', ['errors', '--follow', '--json', '--since', '1s'], { cwd: stack.folder, stdin: 'ignore', reject: false });
  const told: (Found & { readonly seen: number })[] = [];
  follow.stdout.on('data', (data: Buffer) => {
    for (const line of data.toString().split('\n').filter(Boolean)) told.push({ ...(JSON.parse(line) as Found), seen: Date.now() });
  });
  try {
    await until('it listens', async () => (await execa('pgrep', ['-f', 'logs --no-color --timestamps --follow'], { reject: false })).exitCode === 0, { seconds: 10 });
    await new Promise((resolve) => setTimeout(resolve, 2000)); // what happened before is told by now
    told.length = 0;
    const answered = await ask({ port: stack.ports.proxy, path: '/api/v1/throw/' });
    const begun = Date.now();
    const id = answered.headers['x-request-id']?.[0];
    const seen = async (source: string, message: string) => (await until(message, () => told.find((error) => error.source === source && error.message.includes(message)), { seconds: 20 })).seen;
    inTime('view', (await seen('backend', 'ValueError: thrown in a view')) - begun);
    inTime('task', (await seen('celery', 'RuntimeError: thrown in a task')) - begun);
    const page = await browser.newPage();
    const thrown = page.waitForEvent('pageerror', { predicate: (error) => error.message === 'thrown in the browser' }).then(() => Date.now());
    await page.goto(`http://${hostOf(stack.ports.proxy)}/`);
    inTime('browser', (await seen('browser', 'Error: thrown in the browser')) - (await thrown));
    await page.close();

    const list = JSON.parse((await devScript(stack, ['errors', '--json'])).stdout) as { errors: Found[] };
    const lineOf = async (file: string, text: string) => (await readFile(file, 'utf8')).split('\n').findIndex((line) => line.includes(text)) + 1;
    expect(list.errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ source: 'browser', message: 'Error: thrown in the browser', file: 'frontend/src/main.tsx', line: await lineOf(MAIN, "throw new Error('thrown") }),
        expect.objectContaining({ source: 'backend', message: 'ValueError: thrown in a view', file: 'backend/apps/core/drill.py', line: 6, request: id, answer: 'GET /api/v1/throw/ 500' }),
        expect.objectContaining({ source: 'celery', message: 'RuntimeError: thrown in a task', file: 'backend/apps/users/tasks.py', line: 6, request: id }),
      ]),
    );
  } finally {
    follow.kill('SIGINT');
    await follow;
  }
});

function inTime(thrownIn: string, milliseconds: number): void {
  keep(`an error of the ${thrownIn} is told after, ms`, milliseconds, BARS.errorToldMilliseconds);
  expect(milliseconds, thrownIn).toBeLessThanOrEqual(barHere(BARS.errorToldMilliseconds));
}

test('it tells of a backend that is dead, too', async () => {
  await compose(stack, 'stop', 'backend');
  const { exitCode, stdout } = await devScript(stack, ['errors', '--since', '10m']);
  expect(exitCode).toBe(1);
  expect(stdout).toContain('ValueError: thrown in a view');
  await dev(stack, 'start');
});

test('a production build forwards nothing', async () => {
  const client = await ask({ port: stack.ports.proxy, path: '/@vite/client' });
  expect(client.text).toContain('vite:forward-console');
  await exec(stack, 'frontend', 'npx', 'vite', 'build', '--outDir', '/tmp/errors-build', '--emptyOutDir', '--logLevel', 'error');
  expect(await exec(stack, 'frontend', 'sh', '-c', 'ls /tmp/errors-build/assets | wc -l; grep -rl forward-console /tmp/errors-build || true; rm -r /tmp/errors-build')).toMatch(/^[1-9]\d*$/);
});
