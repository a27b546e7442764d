/** A page whose code came only in part, as Chromium leaves it when a container comes or goes while it loads. */
import type { Browser, Page, Route } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { launch } from './browser.ts';
import { hostOf } from './http.ts';

const address = `http://${hostOf(inject('stack').ports.proxy)}/`;

let browser: Browser;
let page: Page;
let loads: number;

beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
beforeEach(async () => {
  page = await browser.newPage();
  loads = 0;
  page.on('request', (request) => void (loads += Number(request.isNavigationRequest())));
});
afterEach(() => page.close());

/** One of the modules that the first one imports, not the first one itself. */
const onModule = (handler: (route: Route) => Promise<void>) => page.route('**/src/shared/ui/toast.ts*', handler);

test('a module that did not arrive: the page is loaded again, and is complete', async () => {
  await onModule((route) => (loads === 1 ? route.abort('failed') : route.continue()));
  await page.goto(address);
  await page.waitForSelector('[data-verdict=healthy]');
  expect(loads).toBe(2);
});

test('one that never arrives: the page says so, and stays', async () => {
  await onModule((route) => route.abort('failed'));
  await page.goto(address);
  await page.getByText('Part of this page did not arrive. The browser’s console says which; ./docker-dev.sh errors, whether a server failed.').waitFor();
  await page.waitForTimeout(2000);
  expect(loads).toBe(4);
});

test('one that Vite refuses for a fault in it: the page is not loaded again, so that what Vite says of it stays', async () => {
  await onModule((route) => route.fulfill({ status: 500 }));
  await page.goto(address);
  await page.waitForTimeout(3000);
  expect(loads).toBe(1);
});
