/** `debug`: what runs meanwhile, on which ports, and that the ordinary backend comes back whatever ends it. */
import { execa } from 'execa';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, calls, environment, model, project, run } from './sandbox.ts';

const DEBUGPY = 'backend python -X frozen_modules=off -m debugpy --listen 0.0.0.0:5678 manage.py runserver --noreload 0.0.0.0:8000';
const session = () => calls().find((call) => call.startsWith('compose run '));
const RETURN = ['rm --force app-debug', 'compose --progress plain up --detach --no-deps --wait backend'];

beforeEach(() => {
  writeFileSync(join(project, '.env'), 'DEBUG_PORT=18997\n');
  answer('config', model({ db: {}, redis: {}, backend: { needs: ['db', 'redis'], port: [18_996, 8000] } }));
});

describe('debug --port', () => {
  it('publishes the port while it runs, on the address of the others, with the backend as it is reached', async () => {
    expect((await run(['debug', '--port'])).exitCode).toBe(0);
    expect(session()).toBe(
      `compose run --rm --use-aliases --env HEAL_ON=never --publish 127.0.0.1:18997:5678 -T --publish 127.0.0.1:18996:8000 --name app-debug ${DEBUGPY}`,
    );
    expect(calls().slice(-2)).toEqual(RETURN);
  });

  it('without a value in .env it is 5678', async () => {
    writeFileSync(join(project, '.env'), '');
    await run(['debug', '--port']);
    expect(session()).toContain(' --publish 127.0.0.1:5678:5678 ');
  });

  it('ends as the server ends, and the backend comes back', async () => {
    answer('exit-code', '3');
    expect((await run(['debug', '--port'])).exitCode).toBe(3);
    expect(calls().slice(-2)).toEqual(RETURN);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s brings the backend back at once', async (signal) => {
    answer('hang-at', 'compose run ');
    const running = execa('./docker-dev.sh', ['debug', '--port'], { cwd: project, env: environment(), stdin: 'ignore', reject: false });
    await vi.waitFor(() => expect(session()).toBeDefined(), 5000);
    running.kill(signal);
    expect((await running).exitCode).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[signal]);
    expect(calls().slice(-2)).toEqual(RETURN);
  });

  // A window that is closed: its shell tells what it started, and so does the kernel. And people press Ctrl-C twice.
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s again does not keep the backend from coming back', async (signal) => {
    answer('hang-at', 'rm -f /tmp/debug.conf');
    const running = execa('./docker-dev.sh', ['debug', '--port'], { cwd: project, env: environment(), stdin: 'ignore', reject: false, detached: true });
    await vi.waitFor(() => expect(calls().at(-1)).toContain('rm -f /tmp/debug.conf'), 5000);
    process.kill(-running.pid!, signal);
    const { stdout } = await running;
    expect(stdout).toContain('The ordinary backend comes back');
    expect(calls().slice(-2)).toEqual(RETURN);
  });

  it('says so where the backend does not come back', async () => {
    answer('fail-at', '--wait backend');
    const { exitCode, stderr } = await run(['debug', '--port']);
    expect(stderr).toMatch(/the stub fails\n✗ The backend did not come back\.\n.*start shows why/);
    expect(exitCode).toBe(1);
  });

  it('leaves the backend alone where its port is taken, or the backend cannot be stopped', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { exitCode, stderr } = await run(['debug', '--port'], { DEBUG_PORT: String(port) });
    server.close();
    expect(stderr).toMatch(new RegExp(`Port ${port}, wanted by debugpy, is taken by .*\\n.*DEBUG_PORT=\\d+`));
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => / (stop|run) /.test(call))).toEqual([]);
    answer('fail-at', 'stop backend');
    expect((await run(['debug', '--port'])).exitCode).toBe(1);
    expect(session()).toBeUndefined();
    expect(calls().slice(-2)).toEqual(RETURN);
  });
});

it('nginx waits at a breakpoint, and only there', async () => {
  const told = () => calls().filter((call) => call.startsWith('compose exec -T proxy '));
  await run(['debug', '--port']);
  const reload = '&& nginx -s reload -c /opt/nginx/nginx.conf';
  expect(told()).toEqual([`compose exec -T proxy sh -c echo "proxy_read_timeout 1d;" >/tmp/debug.conf ${reload}`, `compose exec -T proxy sh -c rm -f /tmp/debug.conf ${reload}`]);
  const before = calls().findIndex((call) => call.startsWith('compose run '));
  expect(calls().indexOf(told()[0]!)).toBeLessThan(before);
  expect(calls().indexOf(told()[1]!)).toBeGreaterThan(before);
});

it('says so where nginx cannot be told, and goes on', async () => {
  answer('fail-at', '/tmp/debug.conf');
  const { exitCode, stderr } = await run(['debug', '--port']);
  expect(stderr).toContain('nginx could not be told to wait');
  expect(exitCode).toBe(0);
  expect(calls().slice(-2)).toEqual(RETURN);
});

it('start names a session that was killed, and what ends it', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  answer('config', model({ db: {}, backend: { port: [(server.address() as AddressInfo).port, 8000] } }));
  answer('publisher', 'app-debug\tapp\n');
  const { exitCode, stderr } = await run(['start']);
  server.close();
  expect(stderr).toContain('docker rm --force app-debug');
  expect(exitCode).toBe(1);
});

it.each([
  [['debug'], 'For an editor: ./docker-dev.sh debug --port'],
  [['debug', '--prot'], 'debug does not know "--prot"'],
])('%j without a terminal is exit 2, and nothing is stopped', async (line, text) => {
  const { exitCode, stderr } = await run(line);
  expect(stderr).toContain(text);
  expect(exitCode).toBe(2);
  expect(calls().filter((call) => call.includes('stop'))).toEqual([]);
});
