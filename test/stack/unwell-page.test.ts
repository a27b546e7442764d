/** The first page while something is wrong, in a browser: what it blames, what it advises, and how soon. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { Service } from './architecture.ts';
import { launch, openOnboarding, readMap } from './browser.ts';
import { hostOf } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { container, docker } from './stack.ts';

const stack = inject('stack');
const of = (service: Service) => container(stack, service);

let browser: Browser;
let page: Page;
let mend: readonly string[] | undefined;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  ({ page } = await openOnboarding(browser, stack.ports.proxy));
});
afterEach(async () => {
  await page.close();
  if (mend) await docker(...mend);
  mend = undefined;
  await untilHealthy(stack, ['redis', 'backend', 'frontend', 'proxy', 'celery'], 60);
});

const advice = () => page.getByRole('list', { name: 'What to do' }).getByRole('listitem').allTextContents();

test('Redis frozen: Redis is blamed, once, and not the worker that needs it', async () => {
  mend = ['unpause', of('redis')];
  await docker('pause', of('redis'));
  await page.getByText('Cache is down').waitFor({ timeout: 15_000 });
  expect(await readMap(page)).toMatchObject({ cache: 'unhealthy', worker: 'unknown', database: 'healthy', backend: 'healthy' });
  expect(await advice()).toEqual([expect.stringContaining('./docker-dev.sh logs redis')]);
});

test('the backend frozen and the page opened anew: something is shown at once, and it goes on by itself', async () => {
  mend = ['unpause', of('backend')];
  await docker('pause', of('backend'));
  await page.goto(`http://${hostOf(stack.ports.proxy)}/`);
  await page.getByRole('heading', { name: 'Waiting for the backend' }).waitFor({ timeout: 3000 });
  await docker('unpause', of('backend'));
  mend = undefined;
  await page.waitForSelector('[data-verdict=healthy]', { timeout: 30_000 });
});

test('the frontend’s server gone: the open page knows it within seconds', async () => {
  mend = ['start', of('frontend')];
  await docker('stop', of('frontend'));
  await page.getByText('Frontend is down').waitFor({ timeout: 10_000 });
  expect(await readMap(page)).toMatchObject({ proxy: 'healthy', frontend: 'unhealthy', backend: 'healthy' });
  expect(await advice()).toEqual([expect.stringContaining('./docker-dev.sh logs frontend')]);
});
