/** A headless Chromium on the onboarding page: opens it, tells what it shows, and times a save until it is painted. */
import { closeSync, existsSync, openSync, writeSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const CANDIDATES = [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** What a machine of this network might be called; for the browser it is this machine. */
export const LAN_NAME = 'devbox.lan';

/** Nothing of its own on the network, and no sandbox, for CI is root. */
const ARGUMENTS = [
  `--host-resolver-rules=MAP ${LAN_NAME} 127.0.0.1`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export async function launch(): Promise<Browser> {
  return await chromium.launch({ executablePath: chromiumPath(), args: ARGUMENTS });
}

/** @throws where there is none */
export function chromiumPath(): string {
  const path = CANDIDATES.find((candidate) => candidate !== undefined && existsSync(candidate));
  if (path === undefined) throw new Error('No Chromium: install it, or name one in CHROMIUM.');
  return path;
}

export interface OpenPage {
  readonly page: Page;
  /** Errors and warnings since the page was opened. */
  readonly complaints: readonly string[];
}

/**
 * Opens the page and waits for its verdict on the stack and for the socket of the hot reload. Once more where Chromium drops
 * what it is loading because the host has another network interface, as it has whenever a container has come or gone.
 */
export async function openOnboarding(browser: Browser, port: number, name = 'localhost'): Promise<OpenPage> {
  const address = `http://${name}:${port}/`;
  const first = await open(browser, address).catch((error: unknown) => {
    if (!isNetworkChange(String(error))) throw error;
  });
  if (first && !first.complaints.some(isNetworkChange)) return first;
  await first?.page.close();
  return open(browser, address);
}

const isNetworkChange = (text: string) => text.includes('ERR_NETWORK_CHANGED');

async function open(browser: Browser, address: string): Promise<OpenPage> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  const connected = page.waitForEvent('console', { predicate: (message) => message.text().includes('[vite] connected') });
  await page.goto(address);
  try {
    await Promise.all([connected, page.waitForSelector('[data-verdict=healthy]')]);
  } catch (cause) {
    throw new Error(`the page shows ${JSON.stringify(await readMap(page))} and complains: ${complaints.join('; ')}`, { cause });
  }
  return { page, complaints };
}

/** The parts of the live map: name → status. */
export async function readMap(page: Page): Promise<Record<string, string>> {
  const parts = await page.$$eval('[data-part]', (elements) =>
    elements.map((element) => [element.getAttribute('data-part'), element.getAttribute('data-status')]),
  );
  return Object.fromEntries(parts) as Record<string, string>;
}

/** @returns milliseconds from the save until the frame that shows `text` in `selector` was painted */
export async function saveUntilPainted(page: Page, save: Save, selector: string, text: string): Promise<number> {
  const watch = await page.evaluateHandle<{ readonly painted: Promise<number | null> }>(watchFor(selector, text));
  const saved = Date.now();
  overwrite(save);
  const painted = await watch.evaluate((started) => started.painted);
  await watch.dispose();
  if (painted === null) throw new Error(`"${text}" was saved but not shown: "${await page.textContent(selector)}" is`);
  return painted - saved;
}

export interface Save {
  readonly file: string;
  readonly content: string;
}

/**
 * One write, no truncation before it (so the content must not be shorter): a file that is emptied and then filled
 * changes twice, and a watcher on a busy machine may read it in between and take the second change for the first.
 */
export function overwrite({ file, content }: Save): void {
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, content);
  closeSync(descriptor);
}

/** An expression for the page. A message that is sent in an animation frame arrives right after that frame was painted. */
const watchFor = (selector: string, text: string) => `({
  painted: new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (document.querySelector(${JSON.stringify(selector)})?.textContent !== ${JSON.stringify(text)}) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(Date.now());
        port2.postMessage(undefined);
      });
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    setTimeout(resolve, 10_000, null);
  }),
})`;
