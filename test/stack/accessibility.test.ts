/** Every page in a browser, light and dark, wide and narrow: axe finds nothing, and no text lies on another. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { launch } from './browser.ts';
import { hostOf } from './http.ts';
import { ARTIFACTS } from './measured.ts';

const stack = inject('stack');
const HOME = `http://${hostOf(stack.ports.proxy)}`;
const CONFIG = '**/api/v1/config/frontend/';
const HEALTH = '**/api/v1/health/';
const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface PageRow {
  readonly page: string;
  readonly address: string;
  /** Text that is there once the page is as it is to be looked at. */
  readonly shows: string;
  readonly before?: (page: Page) => Promise<unknown>;
}

const PAGES: readonly PageRow[] = [
  { page: 'the first page', address: '/', shows: 'services are healthy' },
  { page: 'the first page, Redis down', address: '/', shows: 'Cache is down', before: (page) => changeHealth(page, 'cache') },
  { page: 'an address without a page', address: '/no/such/page', shows: 'There is nothing here' },
  { page: 'the wait for the backend', address: '/', shows: 'Waiting for the backend', before: (page) => page.route(CONFIG, (route) => route.fulfill({ status: 502 })) },
  { page: 'maintenance', address: '/', shows: 'Back in a moment', before: maintain },
  { page: 'the API’s documentation', address: '/api/v1/docs/', shows: 'Authorize' },
  { page: 'the proxy’s own page', address: pathToFileURL(join(stack.folder, 'nginx/pages/unavailable.html')).href, shows: 'One moment' },
];

const LOOKS = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 1280 },
  { colorScheme: 'light', width: 390 },
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

describe.each(PAGES)('$page', ({ page: name, address, shows, before }) => {
  test('has nothing that axe complains of', async () => {
    // Still, since axe would look at a text that is just appearing.
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    await before?.(page);
    await page.goto(new URL(address, HOME).href);
    await page.getByText(shows).first().waitFor();
    await page.addScriptTag({ content: await readFile(AXE, 'utf8') });
    const found: string[] = [];
    for (const { colorScheme, width } of LOOKS) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 900 });
      found.push(...(await page.evaluate<string[]>(RUN_AXE)).map((violation) => `${colorScheme}, ${width} px: ${violation}`));
      const picture = `${name.replaceAll(/[^a-z]+/gi, '-')}-${colorScheme}-${width}.png`;
      await page.screenshot({ path: join(ARTIFACTS, picture), fullPage: true });
    }
    expect(found).toEqual([]);
    await page.close();
  });
});

test('no text of the map lies on another, from a phone to a wall', async () => {
  const page = await browser.newPage({ reducedMotion: 'reduce' });
  await changeHealth(page, 'cache');
  await page.goto(HOME);
  await page.getByText('Cache is down').waitFor();
  const found: string[] = [];
  for (const width of [320, 390, 600, 860, 950, 1000, 1050, 1110, 1280, 1920, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    const overlaps = await page.evaluate<string[]>(FIND_OVERLAPS);
    found.push(...overlaps.map((overlap) => `${width} px: ${overlap}`));
  }
  expect(found).toEqual([]);
  await page.close();
});

/** As the backend would say it; what it really says is kept but for one part. */
async function changeHealth(page: Page, part: string): Promise<void> {
  await page.route(HEALTH, async (route) => {
    const health = await (await route.fetch()).json();
    health.status = 'unhealthy';
    health.checks[part] = { status: 'unhealthy', latencyMs: 2000, error: 'timeout after 2 s' };
    await route.fulfill({ status: 503, json: health });
  });
}

async function maintain(page: Page): Promise<void> {
  await page.route(CONFIG, async (route) => {
    const config = await (await route.fetch()).json();
    config.features.maintenance = true;
    config.supportEmail = 'help@example.test';
    await route.fulfill({ json: config });
  });
}

const RUN_AXE = `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }).then(({ violations }) =>
  violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 120))))`;

const FIND_OVERLAPS = `[...document.querySelectorAll('[data-part]')].flatMap((part) => {
  const boxes = [...part.children].map((child) => [child.textContent, child.getBoundingClientRect()]).filter(([, box]) => box.width > 0);
  const outer = part.getBoundingClientRect();
  const found = boxes.filter(([, box]) => box.right > outer.right + 1 || box.bottom > outer.bottom + 1).map(([text]) => text + ' leaves its box');
  boxes.forEach(([text, a], index) => boxes.slice(index + 1).forEach(([other, b]) => {
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1) found.push(text + ' on ' + other);
  }));
  return found;
})`;
