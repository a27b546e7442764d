/** The proxy's waiting page in a browser: it opens what was asked for once that answers, and never sends a form again. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launch } from './browser.ts';
import { until } from './until.ts';

const stack = inject('stack');
const FORM = 'http://waiting.test/admin/form/';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test('a form that met a service which was away is not sent a second time', async () => {
  const waiting = await readFile(join(stack.folder, 'nginx/pages/unavailable.html'), 'utf8');
  const page = await browser.newPage();
  const asked: string[] = [];
  let away = true;
  await page.route('http://waiting.test/**', (route) => {
    const method = route.request().method();
    if (new URL(route.request().url()).pathname === '/admin/form/') asked.push(method);
    if (method === 'POST' || away) return route.fulfill({ status: 502, contentType: 'text/html', body: waiting });
    return route.fulfill({ contentType: 'text/html', body: '<form method="post"><input name="a"><button>Save</button></form>' });
  });
  away = false;
  await page.goto(`${FORM}#part`);
  away = true;
  await page.getByRole('button').click();
  await page.getByText('One moment').waitFor();
  await until('it asks', () => asked.filter((method) => method === 'HEAD').length >= 2, { seconds: 10 });
  away = false;
  await page.getByRole('button', { name: 'Save' }).waitFor();
  expect(asked.filter((method) => method === 'POST')).toEqual(['POST']);
  expect(asked.at(-1)).toBe('GET');
});

test('an error in the backend’s code is shown with its file and line, until it is mended', async () => {
  const waiting = await readFile(join(stack.folder, 'nginx/pages/unavailable.html'), 'utf8');
  const page = await browser.newPage();
  let broken = true;
  const crash = { exception: 'NameError: name "pth" is not defined', frame: 'config/urls.py:12' };
  await page.route('http://waiting.test/**', (route) => {
    if (!broken) return route.fulfill({ contentType: 'text/html', body: '<h1>Admin</h1>' });
    if (new URL(route.request().url()).pathname === '/admin/') return route.fulfill({ status: 502, contentType: 'text/html', body: waiting });
    return route.fulfill({ status: 503, contentType: 'application/problem+json', json: { title: 'Service Unavailable', status: 503, crash } });
  });
  await page.goto('http://waiting.test/admin/');
  await page.getByText('backend/config/urls.py:12').waitFor();
  await page.getByText(crash.exception).waitFor();
  broken = false;
  await page.getByRole('heading', { name: 'Admin' }).waitFor();
});
