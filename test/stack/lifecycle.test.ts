/** Starting and stopping: in time, without losing data, and never over a port that somebody else has. */
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import { BARS, SERVICES } from './architecture.ts';
import { ask } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { barHere } from './slowness.ts';
import { compose, container, dev, devScript, docker, exec, generate, ownPorts, remove } from './stack.ts';
import { keepTimeline, startInTime } from './timeline.ts';
import { until } from './until.ts';

const stack = inject('stack');

describe('a start', () => {
  test('on empty volumes is in time', () => {
    const { seconds } = inject('firstStart');
    keep('start on empty volumes, s', seconds, BARS.emptyStartSeconds);
    expect(seconds).toBeLessThanOrEqual(barHere(BARS.emptyStartSeconds));
  });

  test('after "down" is in time, and finds its data again', async () => {
    await storeData();
    const start = await startInTime(stack, barHere(BARS.warmStartSeconds), async () => {
      await dev(stack, 'down');
      expect(await docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${stack.name}`)).toBe('');
    });
    const { seconds } = start;
    keepTimeline('warm', start);
    keep('start on warm volumes, s', seconds, BARS.warmStartSeconds);
    expect(await readData()).toEqual({ row: 'kept', key: 'kept', file: 'kept' });
    expect(seconds).toBeLessThanOrEqual(barHere(BARS.warmStartSeconds));
  });

  test('of what runs already changes nothing', async () => {
    const ids = () => docker('ps', '-q', '--no-trunc', '--filter', `label=com.docker.compose.project=${stack.name}`);
    const before = await ids();
    await dev(stack, 'start');
    expect(await ids()).toBe(before);
    await untilHealthy(stack, SERVICES.map(({ service }) => service), 10);
  });

  test.each([
    ['frontend', '/'],
    ['backend', '/api/v1/health/live/'],
  ])('is over when nginx, too, has found a %s that was away', async (service, path) => {
    const conf = join(stack.folder, 'nginx/nginx.conf');
    const ours = await readFile(conf, 'utf8');
    try {
      await writeFile(conf, ours.replace('valid=1s', 'valid=6s')); // so that it asks in vain, and then not for a while
      await dev(stack, 'reload');
      await compose(stack, 'rm', '--stop', '--force', service);
      const since = new Date().toISOString();
      const log = () => execa('docker', ['logs', '--since', since, container(stack, 'proxy')], { stdin: 'ignore', all: true });
      await until(`nginx asks for the ${service}`, async () => (await log()).all.includes(`${service} could not be resolved`), { seconds: 20 });
      await dev(stack, 'start');
      expect((await ask({ port: stack.ports.proxy, path })).status).toBe(200);
    } finally {
      await writeFile(conf, ours);
      await dev(stack, 'reload');
    }
  });
});

describe('a port that is taken', () => {
  test('is named, with who has it, before anything is started', async () => {
    const ports = ownPorts(4);
    const server = createServer().listen(ports.proxy, '127.0.0.1');
    const project = await generate('st-taken', ports);
    try {
      const { exitCode, all } = await devScript(project, ['start']);
      expect(exitCode).toBe(1);
      expect(all).toContain(String(ports.proxy));
      expect(all).toMatch(/proxy/);
      expect(all).toContain(String(process.pid));
      expect(all).toContain('PROXY_PORT=');
      expect(await docker('ps', '-aq', '--filter', `label=com.docker.compose.project=${project.name}`)).toBe('');
    } finally {
      server.close();
      await remove(project);
    }
  });
});

async function storeData(): Promise<void> {
  await psql("CREATE TABLE IF NOT EXISTS stored (value text); INSERT INTO stored VALUES ('kept')");
  await exec(stack, 'redis', 'redis-cli', 'set', 'stored', 'kept');
  await exec(stack, 'backend', 'sh', '-c', 'printf kept >/app/media/stored.txt');
}

async function readData(): Promise<unknown> {
  const [row, key, file] = await Promise.all([
    psql('SELECT value FROM stored LIMIT 1'),
    exec(stack, 'redis', 'redis-cli', 'get', 'stored'),
    ask({ port: stack.ports.proxy, path: '/media/stored.txt' }),
  ]);
  return { row, key, file: file.text };
}

function psql(query: string): Promise<string> {
  return exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);
}
