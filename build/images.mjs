// Makes the READMEs' pictures from the real thing; needs Chromium.
//   node build/images.mjs       the questions, answered at a pseudo-terminal, while the standard ports are free
//   node build/images.mjs URL   the page of a project that runs, without a feature: its map is in every project
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from '@lydell/node-pty';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);
const IMAGES = fileURLToPath(new URL('../docs/images', import.meta.url));
const MAIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url));
/** Of what each project shows in its own README. */
const MAP = fileURLToPath(new URL('../templates/compose/base/docs/first-page.webp', import.meta.url));
const COLUMNS = 96;
const ROWS = 60;

/** Each question's text, and the keys that answer it; one that this machine is not asked is passed over. */
const ANSWERS = [
  ['called?', 'my-app\r'],
  ['Celery worker', '\x1B[D\r'],
  ['WebSockets', '\r'],
  ['Use the', '\r'],
  ['limits?', '\r'],
  ['set of images?', '\r'],
  ['Write it?', '\r'],
];

const url = process.argv[2];
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
try {
  if (url === undefined) await drawTerminal(await answerQuestions());
  else for (const scheme of /** @type {const} */ (['light', 'dark'])) await drawPage(url, scheme);
} finally {
  await browser.close();
}

/** @returns {Promise<string>} all that the terminal was sent */
async function answerQuestions() {
  const room = await mkdtemp(join(tmpdir(), 'devstack-images-'));
  const env = { PATH: process.env.PATH ?? '', HOME: room, TERM: 'xterm-256color', FORCE_COLOR: '1', GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };
  const terminal = spawn(process.execPath, [MAIN], { cwd: room, env, cols: COLUMNS, rows: ROWS });
  let screen = '';
  let seen = 0;
  terminal.onData((data) => void (screen += data));
  const ended = new Promise((resolve) => terminal.onExit(resolve));
  const deadline = Date.now() + 30_000;
  for (let open = ANSWERS; open.length > 0; ) {
    const next = open.findIndex(([question = '']) => screen.slice(seen).includes(question));
    const [question = '', keys = ''] = open[next] ?? [];
    if (next !== -1) {
      seen = screen.indexOf(question, seen) + question.length;
      terminal.write(keys);
      open = open.slice(next + 1);
    } else if (Date.now() > deadline) throw new Error(`none of ${open.map(([text]) => text).join(', ')} was asked; the screen:\n${screen}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await ended;
  await rm(room, { recursive: true, force: true });
  return screen;
}

/** @param {string} screen */
async function drawTerminal(screen) {
  const page = await browser.newPage({ deviceScaleFactor: 2, viewport: { width: 1000, height: 1200 } });
  await page.setContent('<body style="margin:0;background:#0d1117"><div id="frame" style="display:inline-block;padding:24px 28px"><div id="terminal"></div></div></body>');
  await page.addStyleTag({ path: require.resolve('@xterm/xterm/css/xterm.css') });
  await page.addScriptTag({ path: require.resolve('@xterm/xterm') });
  await page.evaluate(
    async ({ screen, columns, rows }) => {
      // @ts-expect-error xterm's script defines it
      const terminal = new Terminal({ cols: columns, rows, fontSize: 14, lineHeight: 1.15, cursorStyle: 'bar', cursorInactiveStyle: 'none', scrollback: 0, theme: { background: '#0d1117', foreground: '#e6edf3' } });
      terminal.open(document.getElementById('terminal'));
      await new Promise((resolve) => terminal.write(screen, () => resolve(undefined)));
      let last = rows - 1;
      while (last > 0 && terminal.buffer.active.getLine(terminal.buffer.active.viewportY + last)?.translateToString(true) === '') last -= 1;
      terminal.resize(columns, last + 2); // the cursor stands a line below
    },
    { screen, columns: COLUMNS, rows: ROWS },
  );
  await page.waitForTimeout(300);
  await page.locator('#frame').screenshot({ path: join(IMAGES, 'questions.png') });
  await page.close();
}

/** @param {string} address @param {'light' | 'dark'} colorScheme */
async function drawPage(address, colorScheme) {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await page.goto(address);
  await page.getByText(/services are healthy/).waitFor();
  await page.waitForTimeout(8000); // until each part has been measured more than once
  await page.screenshot({ path: join(IMAGES, `page-${colorScheme}.png`), fullPage: true });
  if (colorScheme === 'light') await drawMap(page);
  await page.close();
}

/** In a format that takes a tenth of the room, for it is in the package, too. @param {import('playwright-core').Page} page */
async function drawMap(page) {
  const box = await page.getByRole('list', { name: 'Parts of the stack' }).locator('xpath=../..').boundingBox();
  if (box === null) throw new Error('the page has no map');
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 16, captureBeyondViewport: true, clip: { ...box, scale: 0.7 } });
  await writeFile(MAP, Buffer.from(data, 'base64'));
}
