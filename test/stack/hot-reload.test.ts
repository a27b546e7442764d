/** What is saved is seen: in the browser, through the proxy, on any port; and in the backend. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { BARS, SERVICES } from './architecture.ts';
import { LAN_NAME, launch, openOnboarding, overwrite, readMap, saveUntilPainted, type OpenPage } from './browser.ts';
import { ask } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { ARTIFACTS, keep } from './measured.ts';
import { barHere } from './slowness.ts';
import { dev, devScript } from './stack.ts';
import { timed, until } from './until.ts';

const stack = inject('stack');
const OTHER_PORT = 28_990;
const PAGE = join(stack.folder, 'frontend/src/features/onboarding/onboarding-page.tsx');
const URLS = join(stack.folder, 'backend/config/urls.py');

const PARTS = ['browser', 'proxy', 'frontend', 'backend', 'database', 'cache', 'worker'];
const BAR = BARS.hotReloadP95Milliseconds;

interface Address {
  readonly name: string;
  readonly port: number;
  readonly saves: number;
}

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

describe('as it was generated', () => {
  describe.each<Address>([
    { name: 'localhost', port: stack.ports.proxy, saves: 50 },
    { name: '127.0.0.1', port: stack.ports.proxy, saves: 20 },
    { name: 'localhost', port: stack.ports.frontend, saves: 20 },
  ])('the page at $name:$port', itReloads);
});

describe('with another port and a name of the network', () => {
  const services = ['backend', 'frontend', 'proxy'];
  beforeAll(async () => {
    const changed = { PROXY_PORT: String(OTHER_PORT), VITE_ALLOWED_HOSTS: LAN_NAME, DJANGO_ALLOWED_HOSTS: LAN_NAME };
    const { exitCode, all } = await devScript(stack, ['restart', ...services], changed);
    expect(exitCode, all).toBe(0);
  });
  afterAll(() => dev(stack, 'restart', ...services));

  describe.each<Address>([
    { name: 'localhost', port: OTHER_PORT, saves: 20 },
    { name: LAN_NAME, port: OTHER_PORT, saves: 20 },
  ])('the page at $name:$port', itReloads);
});

function itReloads({ name, port, saves }: Address): void {
  let opened: OpenPage;
  beforeAll(async () => {
    opened = await openOnboarding(browser, port, name);
  });
  afterAll(() => opened?.page.close());

  test('shows every part healthy', async () => {
    const parts = PARTS.filter((part) => part !== 'proxy' || port !== stack.ports.frontend);
    expect(await readMap(opened.page)).toEqual(Object.fromEntries(parts.map((part) => [part, 'healthy'])));
    await opened.page.screenshot({ path: join(ARTIFACTS, `onboarding-${name}-${port}.png`), fullPage: true });
  });

  test('paints what is saved in time, keeps its state, and complains of nothing', async () => {
    const original = await readFile(PAGE, 'utf8');
    try {
      await markState(opened.page);
      const rounds = [await saveAndTime(opened.page, original, saves)];
      // What else the machine does only ever adds to the time, so the best round says most of the page; one that is too slow is so each time.
      while (Math.min(...rounds.map(p95)) > barHere(BAR) && rounds.length < 3) rounds.push(await saveAndTime(opened.page, original, saves));
      const best = Math.min(...rounds.map(p95));
      keep(`hot reload at ${name}:${port}, p95 of ${saves} edits, ms`, best, BAR);
      expect(await readState(opened.page)).toEqual({ value: 'kept', sameElement: true });
      expect(await opened.page.locator('li', { hasText: 'Make this page yours' }).getAttribute('data-done')).toBe('true');
      expect(opened.complaints).toEqual([]);
      expect(best, `of ${rounds.map((times) => times.join(', ')).join('; ')} ms`).toBeLessThanOrEqual(barHere(BAR));
    } finally {
      overwrite({ file: PAGE, content: original });
    }
  });
}

/** @returns milliseconds until each save was painted */
async function saveAndTime(page: Page, original: string, saves: number): Promise<readonly number[]> {
  const times: number[] = [];
  for (let turn = 1; turn <= saves; turn++) {
    const text = `No${String(turn).padStart(2, '0')}`; // as long as what it takes the place of
    const content = original.replace('<h2 id="next">Next</h2>', `<h2 id="next">${text}</h2>`);
    await sleep(250); // faster than any hand; file watchers take two changes within 50 ms for one
    times.push(await saveUntilPainted(page, { file: PAGE, content }, '#next', text));
  }
  return times;
}

function p95(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.ceil(0.95 * times.length) - 1]!;
}

describe('the backend', () => {
  test('serves what is saved, and survives a typing mistake', async () => {
    const original = await readFile(URLS, 'utf8');
    const route = (text: string) =>
      `${original}\nfrom django.http import HttpResponse\n\nurlpatterns += [path("api/v1/saved/", lambda request: HttpResponse("${text}"))]\n`;
    const seen = async (status: number, text: string) => {
      const answer = await ask({ port: stack.ports.proxy, path: '/api/v1/saved/' });
      return answer.status === status && answer.text.includes(text);
    };
    try {
      await writeFile(URLS, route('first'));
      const { seconds } = await timed(() => until('the first save', () => seen(200, 'first'), { seconds: 20 }));
      keep('a saved file of the backend in use, s', seconds, BARS.savedInUseSeconds);
      expect(seconds).toBeLessThanOrEqual(barHere(BARS.savedInUseSeconds));
      await writeFile(URLS, `${original}\nthis is (not Python\n`);
      await until('the mistake', async () => !(await seen(200, 'first')), { seconds: 20 });
      await writeFile(URLS, route('mended'));
      await until('the mended save', () => seen(200, 'mended'), { seconds: 20 });
    } finally {
      await writeFile(URLS, original);
    }
    await until('the original', () => seen(404, ''), { seconds: 20 });
    await untilHealthy(stack, SERVICES.map(({ service }) => service), 30);
  });
});

/** A page that loads anew forgets the first; a component that mounts anew replaces the second. */
async function markState(page: Page): Promise<void> {
  await page.evaluate(`window.marked = { value: 'kept', element: document.querySelector('#next') }`);
}

async function readState(page: Page): Promise<unknown> {
  return await page.evaluate(`({ value: window.marked?.value, sameElement: window.marked?.element === document.querySelector('#next') })`);
}
