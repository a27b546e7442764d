/** `docker-dev.sh debug`: a breakpoint stops in the terminal or the editor, nothing heals meanwhile, and leaving in any way brings the backend back. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn, type IPty } from '@lydell/node-pty';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, expect, inject, test } from 'vitest';
import { BARS, SERVICES } from './architecture.ts';
import { DebugClient } from './debug-client.ts';
import { ask } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { devScript, docker } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const FILE = join(stack.folder, 'backend/config/urls.py');
const view = (stop: string) => `
from django.http import HttpResponse


def stop_here(request):
    answer = 6 * 7
    ${stop}
    return HttpResponse(str(answer))


urlpatterns.insert(0, path("api/v1/stop-here/", stop_here))
`;
let original: string;
beforeAll(async () => {
  original = await readFile(FILE, 'utf8');
});
afterEach(async () => {
  await writeFile(FILE, original);
  await untilHealthy(stack, SERVICES.map(({ service }) => service), 90);
  expect(await docker('ps', '-aq', '--filter', `name=${stack.name}-debug`)).toBe('');
});
afterAll(() => writeFile(FILE, original));

/** `debug` on a terminal, or typed into the shell there, and a request that stands at a breakpoint. */
async function stopInTerminal({ shell = false } = {}) {
  await writeFile(FILE, original + view('breakpoint()'));
  const [file, args]: [string, string[]] = shell ? ['bash', ['--norc', '-i']] : ['./docker-dev.sh', ['debug']];
  const terminal: IPty = spawn(file, args, { cwd: stack.folder, env: { ...process.env, TERM: 'xterm' }, cols: 160, rows: 40 });
  let screen = '';
  terminal.onData((data) => void (screen += data));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  const shown = (text: string) => until(`"${text}" on the screen`, () => screen.includes(text), { seconds: 60 });
  if (shell) terminal.write('./docker-dev.sh debug\r');
  await shown('Quit the server');
  await proxyFinds('/api/v1/health/live/');
  const answer = ask({ port: stack.ports.proxy, path: '/api/v1/stop-here/', timeoutSeconds: 90 });
  answer.catch(() => undefined);
  await shown('(Pdb)');
  return { terminal, ended, shown, answer };
}

const proxyFinds = (path: string) => until(`the proxy finds ${path}`, async () => (await ask({ port: stack.ports.proxy, path })).status === 200, { seconds: 60 });

test('a breakpoint is reached, looked at and left', async () => {
  const { terminal, ended, shown, answer } = await stopInTerminal();
  try {
    await sleep(1000 * (BARS.healedSeconds + 5)); // what hangs as long is ended
    terminal.write('answer * 100\r');
    await shown('4200');
    terminal.write('continue\r');
    expect((await answer).text).toBe('42');
  } finally {
    terminal.write('\x03');
    await ended;
  }
});

test('a terminal that is closed at a breakpoint leaves no dead backend', async () => {
  const { terminal, ended } = await stopInTerminal({ shell: true });
  // As a window that is closed does it: its end of the terminal goes, and whoever is in the foreground hears of it.
  (terminal as IPty & { destroy(): void }).destroy();
  await ended;
});

test('an editor attaches, stops at a line, sees its values and goes on', async () => {
  const text = original + view('pass');
  await writeFile(FILE, text);
  const line = text.split('\n').indexOf('    pass') + 1;
  const port = stack.ports.redis + 5; // nobody's
  const session = execa('./docker-dev.sh', ['debug', '--port'], { cwd: stack.folder, env: { DEBUG_PORT: String(port) }, stdin: 'ignore', all: true, reject: false });
  let said = '';
  session.all.on('data', (data) => void (said += String(data)));
  let editor: DebugClient | undefined;
  try {
    await until('debugpy listens', () => said.includes(`debugpy listens on 127.0.0.1:${port}`), { seconds: 60 });
    await proxyFinds('/api/v1/health/live/');
    editor = new DebugClient(port);
    await editor.ask('initialize', { adapterID: 'test', pathFormat: 'path', linesStartAt1: true });
    editor.send('attach', { justMyCode: true }); // one without arguments is refused
    await editor.event('initialized');
    const { breakpoints } = (await editor.ask('setBreakpoints', { source: { path: '/app/config/urls.py' }, breakpoints: [{ line }] })) as { breakpoints: { verified: boolean }[] };
    expect(breakpoints).toMatchObject([{ verified: true }]);
    await editor.ask('configurationDone');
    const answer = ask({ port: stack.ports.proxy, path: '/api/v1/stop-here/', timeoutSeconds: 60 });
    const { threadId } = await editor.event('stopped');
    const { stackFrames } = (await editor.ask('stackTrace', { threadId })) as { stackFrames: { id: number; name: string; line: number }[] };
    expect(stackFrames[0]).toMatchObject({ name: 'stop_here', line });
    expect(await editor.ask('evaluate', { expression: 'answer', frameId: stackFrames[0]!.id })).toMatchObject({ result: '42' });
    await editor.ask('continue', { threadId });
    expect((await answer).text).toBe('42');
  } finally {
    editor?.close();
    session.kill('SIGINT');
    await session;
  }
});

test('without a terminal it says what it needs', async () => {
  const { exitCode, all } = await devScript(stack, ['debug']);
  expect(all).toContain('debug needs a terminal');
  expect(exitCode).toBe(2);
});
