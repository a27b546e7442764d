/** A reload of nginx: what is being asked is answered, and what would go on for ever is ended with the worker that it keeps. */
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, test } from 'vitest';
import { untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { container, dev, devScript, docker, exec } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const workers = async () => (await docker('top', container(stack, 'proxy'), '-eo', 'pid,args')).split('\n').filter((line) => /nginx: worker/.test(line)).length;

test('a request of four seconds is answered; one without an end holds its worker for worker_shutdown_timeout', async () => {
  await untilHealthy(stack, ['proxy', 'backend'], 60);
  const configuration = await exec(stack, 'proxy', 'nginx', '-T', '-q', '-c', '/opt/nginx/nginx.conf');
  const allowed = Number(/^worker_shutdown_timeout (\d+)s;/m.exec(configuration)?.[1]);
  expect(allowed).toBeGreaterThanOrEqual(5);
  expect(allowed).toBeLessThanOrEqual(30);
  expect(await workers()).toBe(1);

  const short = sendSlowly(4);
  const endless = sendSlowly(600);
  await sleep(500); // both have a worker by now
  await dev(stack, 'reload');
  const reloaded = performance.now();
  expect(await workers()).toBe(2);
  expect(await short).toBe(405);
  expect(await endless).not.toBe(405);
  const seconds = (performance.now() - reloaded) / 1000;
  keep('a reload ends what goes on, s', seconds, allowed + 5);
  expect(seconds).toBeGreaterThan(allowed - 2);
  expect(seconds).toBeLessThan(allowed + 5);
  await until('the old worker has ended', async () => (await workers()) === 1, { seconds: 5 });
}, 60_000);

test('what nginx finds good and then cannot use is not called read', async () => {
  const file = join(stack.folder, 'nginx/nginx.conf');
  const before = await readFile(file, 'utf8');
  await docker('exec', '--detach', container(stack, 'proxy'), 'timeout', '60', 'nc', '-l', '-p', '8123');
  await writeFile(file, before.replace('listen 80', 'listen 8123;\n        listen 80'));
  const refused = await devScript(stack, ['reload']);
  await writeFile(file, before);
  expect([refused.exitCode, refused.all]).toEqual([1, expect.stringContaining('nginx has not taken up its configuration; the old one stays in use.')]);
  const [, command = ''] = /Why: \.\/docker-dev\.sh (.*)/.exec(refused.all)!;
  expect(await dev(stack, ...command.split(' '))).toContain('bind() to 0.0.0.0:8123 failed');
  await dev(stack, 'reload');
});

/** A request whose body comes a byte a second. @returns the status of its answer, or the error that it ended with */
async function sendSlowly(bytes: number): Promise<number | string> {
  const sent = request({ host: '127.0.0.1', port: stack.ports.proxy, path: '/api/v1/health/', method: 'POST', agent: false, headers: { 'Content-Length': bytes } });
  const answered = once(sent, 'response').then(([answer]) => (answer as { statusCode: number }).statusCode, (error: { code: string }) => error.code);
  let left = bytes;
  const timer = setInterval(() => {
    sent.write('x');
    if (--left === 0) {
      clearInterval(timer);
      sent.end();
    }
  }, 1000);
  return await answered.finally(() => clearInterval(timer));
}
