/** The runtime configuration in a browser: changed by the environment, there on the next load, without a build. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { launch } from './browser.ts';
import { hostOf } from './http.ts';
import { dev, devScript } from './stack.ts';

const stack = inject('stack');

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await dev(stack, 'restart', 'backend');
});

/** Where what was waited for does not come, the error has what came. */
async function load(page: Page, address: string, says: string): Promise<void> {
  await page.goto(address);
  await expect.poll(() => page.locator('body').innerText(), { timeout: 30_000 }).toContain(says);
}

test('what the environment of the backend says is what the next load shows', async () => {
  const page = await browser.newPage();
  const address = `http://${hostOf(stack.ports.proxy)}/`;
  await page.goto(address);
  // As a person writes it, not as Docker does.
  const title = stack.name.charAt(0).toUpperCase() + stack.name.slice(1).replaceAll('-', ' ');
  await page.getByRole('heading', { name: `${title} is running` }).waitFor();

  const changed = { FRONTEND_APP_NAME: 'Harbour', FRONTEND_SUPPORT_EMAIL: 'help@example.test', FRONTEND_FEATURE_API_DOCS: '0' };
  expect((await devScript(stack, ['restart', 'backend'], changed)).exitCode).toBe(0);
  await load(page, address, 'Harbour is running');
  expect(await page.title()).toBe('Harbour');
  expect(await page.getByRole('link', { name: 'API docs' }).count()).toBe(0);
  expect(await page.getByRole('link', { name: 'help@example.test' }).getAttribute('href')).toBe('mailto:help@example.test');
  await page.getByText('2 changed').waitFor();

  expect((await devScript(stack, ['restart', 'backend'], { FRONTEND_FEATURE_MAINTENANCE: '1' })).exitCode).toBe(0);
  await load(page, address, 'Back in a moment');
});
