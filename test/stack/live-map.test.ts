/** With WebSockets the first page is told how the stack is, asks nobody meanwhile, and finds its way back after each restart. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Service } from './architecture.ts';
import { launch, openOnboarding, readMap } from './browser.ts';
import { container, dev, docker, generate, ownPorts, remove, type Stack } from './stack.ts';

let stack: Stack;
let browser: Browser;
let page: Page;
const asked: string[] = [];

beforeAll(async () => {
  stack = await generate('st-live-map', ownPorts(9), '--celery', '--websockets');
  await dev(stack, 'start');
  browser = await launch();
  ({ page } = await openOnboarding(browser, stack.ports.proxy));
  page.on('request', (request) => {
    if (request.resourceType() === 'fetch') asked.push(`${request.method()} ${new URL(request.url()).pathname}`);
  });
  await live();
}, 600_000);
afterAll(async () => {
  await browser?.close();
  if (stack) await remove(stack);
});

const isLive = () => page.waitForSelector('[data-verdict=healthy] [data-live=true]', { timeout: 40_000 });

/** Vite's client loads the page anew after the proxy; where Chromium drops a file of it, as it does while the host's networks change, it stays empty. */
async function live(): Promise<void> {
  try {
    await isLive();
  } catch (error) {
    if ((await page.locator('[data-verdict]').count()) > 0) throw error;
    await page.reload();
    await isLive();
  }
}

const shows = (part: string, status: string) => page.waitForSelector(`[data-part=${part}][data-status=${status}]`, { timeout: 30_000 });

test('the map follows Redis down and up again, and no request asks for it', async () => {
  asked.length = 0;
  const redis = container(stack, 'redis');
  await docker('stop', redis);
  await shows('cache', 'unhealthy');
  // What cannot work without it is not blamed.
  expect(await readMap(page)).toMatchObject({ cache: 'unhealthy', worker: 'unknown', database: 'healthy', backend: 'healthy' });
  await docker('start', redis);
  await shows('cache', 'healthy');
  await live();
  expect(asked).toEqual([]);
});

test.each<Service>(['redis', 'backend', 'proxy'])('the socket comes back by itself after a restart of %s', async (service) => {
  await docker('restart', container(stack, service));
  await live();
  asked.length = 0;
  await page.waitForTimeout(7000); // longer than the pause of a page that asks
  expect(asked).toEqual([]);
});

test('the frontend’s own port passes the socket on, and keeps the one of hot reload', async () => {
  const { page: direct, complaints } = await openOnboarding(browser, stack.ports.frontend);
  await direct.waitForSelector('[data-live=true]', { timeout: 30_000 });
  expect(await readMap(direct)).not.toHaveProperty('proxy');
  expect(complaints).toEqual([]);
  await direct.close();
});
