/** `status`, `urls`, `open` and `heal-test`: what they tell of the containers as they run. */
import { spawn } from '@lydell/node-pty';
import { execa } from 'execa';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, calls, compose, environment, facts, fake, project, run, STACK, states } from './sandbox.ts';

const DB = 'db\trunning\tUp 5 minutes (healthy)\td1d1\tapp-db\n';
const PROXY = 'proxy\texited\tExited (1) 2 minutes ago\tp1p1\tapp-proxy\n';
beforeEach(() => writeFileSync(join(project, '.env'), 'POSTGRES_USER=me\nPOSTGRES_DB=x\n'));

describe('status', () => {
  it.each([
    ['nothing runs', '', /^db +absent[^]*^proxy +absent/m],
    ['a start broke off', 'proxy\tcreated\tCreated\n', /^db +absent[^]*^proxy +created/m],
    ['all is well', states('healthy'), /^db +healthy[^]*^proxy +healthy/m],
  ])('when %s tells every service', async (_what, text, rows) => {
    answer('states', text);
    const { exitCode, stdout } = await run(['status']);
    expect(stdout).toMatch(rows);
    expect(exitCode).toBe(0);
  });

  it('is one table: restarts, heals, what is used of what is allowed, and the ports that the containers have', async () => {
    answer('states', DB + PROXY);
    answer('facts', facts('d1d1', 3, ['127.0.0.1>5433>5432/tcp']) + facts('p1p1'));
    answer('logs', 'healthcheck: no answer, 3 checks in a row: ending this container so that\nhealthcheck: a process is stopped, 3 checks in a row: ending this container\n');
    answer('stats', 'd1d1 12.50% 1.5GiB / 2GiB\n');
    const { stdout } = await run(['status']);
    expect(stdout).toMatch(/^db +healthy +5 minutes +3 +2 +0\.12\/0\.5 +1536\/256 +5433 → 5432 *$/m);
    expect(stdout).toMatch(/^proxy +exited +Exited.* 0 +0 +0\.5 +256 *$/m);
    expect(calls().filter((call) => call.startsWith('logs '))).toEqual(['logs d1d1ffff']);
  });

  it('calls nothing healthy whose last check failed, and leads on', async () => {
    answer('states', DB + PROXY);
    answer('facts', facts('d1d1', 0, [], 1) + facts('p1p1'));
    const { stdout, stderr, exitCode } = await run(['status']);
    expect(stdout).toMatch(/^db +failing +5 minutes/m);
    expect(stderr).toContain('db is not well. Why: ./docker-dev.sh errors and ./docker-dev.sh logs db');
    expect(stderr).toContain('Not running: proxy. ./docker-dev.sh start starts');
    expect(exitCode).toBe(0);
    const json = await run(['status', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ services: expect.arrayContaining([expect.objectContaining({ service: 'db', state: 'failing' })]) });
    expect(json.exitCode).toBe(1);
  });

  it('tells what the application misses where all its containers are well', async () => {
    answer('config', STACK);
    answer('states', 'backend\trunning\tUp 5 minutes (healthy)\tb1b1\tapp-backend\n');
    answer('facts', facts('b1b1'));
    answer('application', 'worker: does not know the task of_tomorrow\n');
    expect((await run(['status'])).stderr).toContain('The application says: worker: does not know the task of_tomorrow');
  });

  it('--quick measures nothing', async () => {
    answer('states', DB);
    answer('facts', facts('d1d1'));
    expect((await run(['status', '--quick'])).stdout).toMatch(/^db .* 0\.5 +256 *$/m);
    expect(calls().join('\n')).not.toContain('stats');
  });

  it('--json is one document, for programs', async () => {
    answer('config', STACK);
    answer('states', DB + PROXY);
    answer('facts', facts('d1d1', 3, ['127.0.0.1>5433>5432/tcp']) + facts('p1p1'));
    answer('stats', 'd1d1 12.50% 3GiB / 4GiB\n');
    const { project: name, services } = JSON.parse((await run(['status', '--json'])).stdout) as { project: string; services: { service: string }[] };
    expect(name).toBe('app');
    expect(services.map(({ service }) => service)).toEqual(['db', 'redis', 'backend', 'frontend', 'mailer', 'proxy', 'runner']);
    expect(services[0]).toEqual({
      service: 'db',
      state: 'healthy',
      since: '5 minutes',
      restarts: 3,
      heals: 0,
      ports: { 5432: 5433 },
      cpus: { limit: 0.5, used: 0.125 },
      memory: { limit: 268_435_456, used: 3 * 2 ** 30 },
    });
    expect(services[5]).toMatchObject({ state: 'exited', cpus: { used: null }, memory: { used: null } });
  });

  it('--watch without a terminal prints a line for each change, until it is ended', async () => {
    answer('states', DB);
    let shown = '';
    const watching = execa('./docker-dev.sh', ['status', '--watch'], { cwd: project, env: environment(), stdin: 'ignore', reject: false, buffer: false });
    watching.stdout.on('data', (text) => void (shown += String(text)));
    await vi.waitFor(() => expect(shown).toMatch(/db +healthy, 0 restarts, 0 heals\n.*proxy +absent/), 5000);
    answer('states', DB.replace('healthy', 'unhealthy'));
    await vi.waitFor(() => expect(shown).toMatch(/db +unhealthy/), 5000);
    watching.kill('SIGINT');
    expect((await watching).exitCode).toBe(130);
    expect(shown.trim().split('\n')).toHaveLength(3);
  });

  it('--watch on a terminal redraws, and gives the cursor back at Ctrl-C', async () => {
    answer('states', DB);
    let screen = '';
    const terminal = spawn('./docker-dev.sh', ['status', '--watch'], { cwd: project, env: { ...environment(), TERM: 'xterm' } });
    const ended = new Promise<number>((resolve) => terminal.onExit(({ exitCode }) => resolve(exitCode)));
    terminal.onData((data) => void (screen += data));
    await vi.waitFor(() => expect(screen.split('\u001b[4A').length).toBeGreaterThan(2), 5000);
    terminal.write('\x03');
    expect(await ended, screen).toBe(130);
    await vi.waitFor(() => expect(screen).toContain('\u001b[?25h'), { timeout: 10_000 }); // the last words may come behind the end
  });

  it('--watch ends with the reason when Docker does', async () => {
    answer('states', DB);
    const watching = run(['status', '--watch']);
    await vi.waitFor(() => expect(calls().filter((call) => call.startsWith('ps -a ')).length).toBeGreaterThan(1), 5000);
    answer('fail-at', 'ps -a ');
    const { exitCode, stderr } = await watching;
    expect(stderr).toContain('Docker could not answer');
    expect(exitCode).toBe(1);
  });
});

describe('urls', () => {
  beforeEach(() => {
    answer('config', compose({ proxy: 8080, db: 5433 })); // what .env asks for by now
    answer('states', DB.replaceAll('db', 'proxy'));
    answer('facts', facts('d1d1', 0, ['127.0.0.1>8000>80/tcp']));
  });

  it('shows the port that a container has, and what brings the new one', async () => {
    const { stdout, stderr } = await run(['urls']);
    expect(stdout).toMatch(/Application +http:\/\/localhost:8000\/$/m);
    expect(stdout).toMatch(/PostgreSQL +postgresql:\/\/me@localhost:5433\/x +\(db does not run\)$/m);
    expect(stderr).toContain('proxy gets port 8080 with: ./docker-dev.sh restart proxy');
  });

  it('--json is one document', async () => {
    const { stdout, exitCode } = await run(['urls', '--json']);
    const { urls } = JSON.parse(stdout) as { urls: unknown[] };
    expect(exitCode).toBe(1); // for the database
    expect(urls[0]).toEqual({ name: 'Application', service: 'proxy', running: true, url: 'http://localhost:8000/' });
    expect(urls.at(-1)).toEqual({ name: 'PostgreSQL', service: 'db', running: false, url: 'postgresql://me@localhost:5433/x' });
  });

  it('open prints the address where no browser can be opened, and opens it on a terminal', async () => {
    writeFileSync(join(fake, 'xdg-open'), `#!/bin/sh\necho "$1" >${join(fake, 'opened')}\n`, { mode: 0o755 });
    expect((await run(['open', '/admin/'])).stdout).toBe('http://localhost:8000/admin/');
    await expect(execa('cat', [join(fake, 'opened')])).rejects.toThrow();
    const terminal = spawn('./docker-dev.sh', ['open'], { cwd: project, env: environment() });
    await new Promise((resolve) => terminal.onExit(resolve));
    expect((await execa('cat', [join(fake, 'opened')])).stdout).toBe('http://localhost:8000/');
  });
});

describe('heal-test', () => {
  beforeEach(() => answer('states', states('healthy')));

  it('ends with a table of all', async () => {
    answer('started-after-freezing', '2026-01-01T00:00:09Z\n');
    const { exitCode, stdout } = await run(['heal-test', 'db']);
    expect(stdout).toMatch(/^SERVICE +HARMED +SECONDS +RESULT\ndb +frozen +\d+ +healed \(8 allowed\)\n.* Every service has healed/m);
    expect(exitCode).toBe(0);
  });

  it.each([
    ['interval', '\n', 'not tested: it has no health check', 0],
    ['health', 'unhealthy\n', 'not tested: it is not healthy', 0],
    ['fail-at', ' STOP', 'not tested: it could not be frozen', 1],
    ['started-after-freezing', '2026-01-01T00:00:01Z\n', 'not healed within 5 s', 1],
  ])('is exit 1 where one was not healed (%s)', async (question, text, result, thawed) => {
    answer('interval', '0\n');
    answer(question, text);
    const { exitCode, stdout, stderr } = await run(['heal-test', 'proxy'], { HEALTHY_WITHIN: '1' });
    expect(stdout).toMatch(new RegExp(`^proxy +frozen +- +${result}$`, 'm'));
    expect(stderr).toContain('Not every service');
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => call.endsWith(' CONT'))).toHaveLength(thawed);
  }, 15_000);

  it('thaws what it froze when it is interrupted', async () => {
    answer('started-after-freezing', '2026-01-01T00:00:01Z\n');
    const testing = execa('./docker-dev.sh', ['heal-test', 'db'], { cwd: project, env: environment(), reject: false });
    await vi.waitFor(() => expect(calls().some((call) => call.endsWith(' STOP'))).toBe(true), 5000);
    testing.kill('SIGTERM');
    expect((await testing).exitCode).toBe(143);
    expect(calls().some((call) => call.endsWith(' CONT'))).toBe(true);
  });
});
