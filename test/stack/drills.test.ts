/**
 * Drills: a part is broken under load; how soon is the whole well again, and what was lost?
 * `WRITE_RESILIENCE=1 npx vitest run --config vitest.stack.config.ts test/stack/drills.test.ts` writes docs/resilience.md.
 */
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { BARS, SERVICES, type Service } from './architecture.ts';
import { untilHealthy } from './inspect.ts';
import { startLoad, type LoadReport } from './load.ts';
import { compose, container, dev, devScript, docker, exec } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const ALL = SERVICES.map(({ service }) => service);
const LIVE = '/api/v1/health/live/';
const rows: string[] = [];

beforeAll(async () => {
  await untilHealthy(stack, ALL, 60);
  await psql('CREATE TABLE IF NOT EXISTS drill (n int)');
});
afterAll(async () => {
  await psql('DROP TABLE IF EXISTS drill');
  if (process.env['WRITE_RESILIENCE']) await writeFile(DOCUMENT, document());
});

describe('a service that is killed', () => {
  test.each(ALL)('%s', async (service) => {
    const { healed, load } = await drill(`${service} killed`, () => kill(service), [service]);
    expect(healed).toBeLessThanOrEqual(30);
    if (service !== 'proxy' && service !== 'backend') expect(load.failed).toBe(0);
  });
});

describe('a service that is paused for five seconds', () => {
  test.each(['db', 'redis', 'frontend', 'celery'] as const)('%s', async (service) => {
    const { load } = await drill(`${service} paused for 5 s`, async () => {
      await docker('pause', container(stack, service));
      await sleep(5000);
      await docker('unpause', container(stack, service));
    }, [service]);
    expect(load.failed).toBe(0);
  });
});

test('the backend made anew under another address', async () => {
  const { load } = await drill('backend made anew', () => compose(stack, 'up', '-d', '--no-deps', '--force-recreate', 'backend'), ['backend']);
  expect(load.longest).toBeLessThanOrEqual(10);
});

test('the database restarted while rows are written: none that was confirmed is lost', async () => {
  await psql('TRUNCATE drill');
  let confirmed = 0;
  const { healed } = await drill('db restarted while rows are written', async () => {
    const writing = exec(stack, 'backend', 'python', 'manage.py', 'shell', '--no-imports', '-c', WRITE_ROWS);
    await sleep(2000);
    await docker('restart', container(stack, 'db'));
    confirmed = Number((await writing).split('\n').at(-1));
  }, ['db'], async () => `${confirmed - Number(await psql('SELECT count(DISTINCT n) FROM drill'))} of ${confirmed} rows`);
  expect(confirmed).toBeGreaterThan(20);
  expect(Number(await psql('SELECT count(DISTINCT n) FROM drill'))).toBeGreaterThanOrEqual(confirmed);
  expect(healed).toBeLessThanOrEqual(30);
});

test.each(['redis', 'celery'] as const)('%s restarted while tasks are sent: none that was taken is lost', async (service) => {
  let ids: string[] = [];
  const lost = async () => {
    const logs = await docker('logs', '--since', '5m', container(stack, 'celery')).catch(() => '');
    return ids.filter((id) => !logs.includes(id));
  };
  await drill(`${service} restarted while tasks are sent`, async () => {
    const sending = exec(stack, 'backend', 'python', 'manage.py', 'shell', '--no-imports', '-c', SEND_TASKS);
    await sleep(2500);
    await docker('restart', container(stack, service));
    ids = (await sending).split('\n').at(-1)!.split(' ').filter(Boolean);
    await until('all tasks done', async () => (await logsOf('celery', ids)).every(Boolean), { seconds: 60, every: 1000 }).catch(() => undefined);
  }, [service], async () => `${(await logsOf('celery', ids)).filter((done) => !done).length} of ${ids.length} tasks`);
  expect(ids.length).toBeGreaterThan(10);
  expect(await lost().then(() => logsOf('celery', ids))).not.toContain(false);
});

describe('nginx.conf', () => {
  const path = join(stack.folder, 'nginx/nginx.conf');
  /** As editors save: another file under the same name. */
  const save = async (text: string) => {
    await writeFile(`${path}.new`, text);
    await rename(`${path}.new`, path);
  };

  test('replaced by an editor, then reloaded, is in use', async () => {
    const original = await readFile(path, 'utf8');
    await drill('nginx.conf replaced, then reloaded', async () => {
      await save(original.replace('http {', 'http {\n    add_header X-Drill yes;'));
      await dev(stack, 'reload');
    }, ['proxy']);
    await save(original);
    await dev(stack, 'reload');
  });

  test('broken is refused, and the old one stays in use', async () => {
    const original = await readFile(path, 'utf8');
    const { load } = await drill('nginx.conf broken, then reloaded', async () => {
      await save(original.replace('http {', 'http { nonsense;'));
      expect((await devScript(stack, ['reload'])).exitCode).toBe(1);
      await save(original);
    }, ['proxy']);
    expect(load.failed).toBe(0);
    await dev(stack, 'reload');
  });
});

test("a proxy in Docker's own configuration keeps nothing from becoming healthy", async () => {
  const config = await mkdtemp(join(tmpdir(), 'docker-config-'));
  await symlink(join(process.env['DOCKER_CONFIG'] ?? join(process.env['HOME']!, '.docker'), 'cli-plugins'), join(config, 'cli-plugins'));
  await writeFile(join(config, 'config.json'), JSON.stringify({ proxies: { default: { httpProxy: 'http://127.0.0.1:9', httpsProxy: 'http://127.0.0.1:9' } } }));
  try {
    const { exitCode, all } = await devScript(stack, ['restart'], { DOCKER_CONFIG: config });
    expect(exitCode, all).toBe(0);
    expect(await exec(stack, 'proxy', 'printenv', 'http_proxy')).toBe('http://127.0.0.1:9');
    rows.push('| a proxy in Docker\'s own configuration | all healthy | | | |');
  } finally {
    await rm(config, { recursive: true });
    await dev(stack, 'restart');
  }
});

/** Breaks something while the proxy is asked fifty times a second, until everything is healthy again and a second more. */
async function drill(name: string, breakIt: () => Promise<unknown>, services: readonly Service[], lost?: () => Promise<string>) {
  await untilHealthy(stack, ALL, 90);
  const load = startLoad(stack.ports.proxy, LIVE);
  await sleep(500);
  const begun = performance.now();
  let report: LoadReport;
  let healed: number;
  try {
    await breakIt();
    await until(`${services.join()} healthy`, () => untilHealthy(stack, services, 1).then(() => true), { seconds: 90 });
    await untilHealthy(stack, ALL, 90);
    healed = (performance.now() - begun) / 1000;
    await sleep(1000);
  } finally {
    report = await load.stop();
  }
  rows.push(`| ${name} | ${healed.toFixed(1)} | ${report.failed} of ${report.sent} | ${report.longest.toFixed(1)} | ${lost ? await lost() : ''} |`);
  return { healed, load: report };
}

/** The main process: the first child of the init process. Then Docker starts the container anew. */
async function kill(service: Service): Promise<void> {
  const before = (await docker('inspect', '--format', '{{.RestartCount}}', container(stack, service))).trim();
  await docker('exec', container(stack, service), 'sh', '-c', `
    for process in $(ls /proc | grep -E '^[0-9]+$' | sort -n); do
      read -r line </proc/$process/stat || continue
      set -- \${line##*) }
      if [ "$2" = 1 ]; then kill -KILL "$process"; exit; fi
    done 2>/dev/null`).catch(() => undefined); // the container may end before the command has
  await until(`${service} started anew`, async () => (await docker('inspect', '--format', '{{.RestartCount}}', container(stack, service))).trim() !== before, { seconds: 20 });
}

/** For each task, whether the worker has told that it is done. */
async function logsOf(service: Service, ids: readonly string[]): Promise<boolean[]> {
  const logs = await docker('logs', '--since', '10m', container(stack, service));
  const lines = logs.split('\n').filter((line) => line.includes('expired sessions deleted') || line.includes('succeeded'));
  return ids.map((id) => lines.some((line) => line.includes(id)));
}

const psql = (query: string) => exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);

const WRITE_ROWS = `
import time
from django.db import connection
confirmed = 0
for n in range(120):
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO drill VALUES (%s)", [n])
        confirmed += 1
    except Exception:
        connection.close()
    time.sleep(0.05)
print(confirmed)`;

const SEND_TASKS = `
import time
from apps.worker.tasks import clear_expired_sessions
ids = []
for n in range(60):
    try:
        ids.append(clear_expired_sessions.apply_async(retry=False).id)
    except Exception:
        pass
    time.sleep(0.1)
print(" ".join(ids))`;

const DOCUMENT = fileURLToPath(new URL('../../docs/resilience.md', import.meta.url));

function document(): string {
  return `# Resilience

Written by \`WRITE_RESILIENCE=1 npx vitest run --config vitest.stack.config.ts test/stack/drills.test.ts\`, against a stack
of the default project with Celery in Docker, on a machine with ${cpus().length} processors.

Each part is broken while the proxy is asked for \`${LIVE}\` fifty times a second. "Well again" is when Docker says of
every service that it is healthy; of one that runs on, as after a pause, it asks every ten seconds only, which is most of that time.
"Failed" is no answer within ten seconds or one of 500 and above. "Lost" counts what was confirmed to whoever sent it. What hangs is
measured by \`test/stack/self-healing.test.ts\`: its bar is ${BARS.healedSeconds} s.

| broken | well again, s | failed | longest answer, s | lost |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

Not drilled here: a full disk, a restart of the Docker daemon, and a service out of memory.
`;
}
