/** `docker-dev.sh debug`: breakpoint() stops in the terminal, nothing heals meanwhile, and leaving brings the backend back. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { spawn } from '@lydell/node-pty';
import { expect, inject, test } from 'vitest';
import { SERVICES } from './architecture.ts';
import { ask } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { devScript } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const VIEW = `
from django.http import HttpResponse


def stop_here(request):
    answer = 6 * 7
    breakpoint()
    return HttpResponse(str(answer))


urlpatterns.insert(0, path("api/v1/stop-here/", stop_here))
`;

test('a breakpoint is reached, looked at and left', async () => {
  const file = join(stack.folder, 'backend/config/urls.py');
  const original = await readFile(file, 'utf8');
  await writeFile(file, original + VIEW);
  let screen = '';
  const terminal = spawn('./docker-dev.sh', ['debug'], { cwd: stack.folder, env: { ...process.env, TERM: 'xterm' }, cols: 160, rows: 40 });
  terminal.onData((data) => void (screen += data));
  const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
  const shown = (text: string) => until(`"${text}" on the screen`, () => screen.includes(text), { seconds: 60 });
  try {
    await shown('Quit the server');
    await until('the proxy finds it', async () => (await ask({ port: stack.ports.proxy, path: '/api/v1/health/live/' })).status === 200, { seconds: 20 });
    const answer = ask({ port: stack.ports.proxy, path: '/api/v1/stop-here/', timeoutSeconds: 60 });
    await shown('(Pdb)');
    await sleep(20_000); // longer than a probe's interval
    terminal.write('answer * 100\r');
    await shown('4200');
    terminal.write('continue\r');
    expect((await answer).text).toBe('42');
  } finally {
    await writeFile(file, original);
    terminal.write('\x03');
    await ended;
  }
  await untilHealthy(stack, SERVICES.map(({ service }) => service), 60);
});

test('without a terminal it says what it needs', async () => {
  const { exitCode, all } = await devScript(stack, ['debug']);
  expect(all).toContain('debug needs a terminal');
  expect(exitCode).toBe(2);
});
