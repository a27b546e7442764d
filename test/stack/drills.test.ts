/**
 * Drills: a part is broken under load; how soon is the whole well again, and what was lost?
 * docs/resilience.md is written from it; its first lines tell how.
 */
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SERVICES, type Service } from './architecture.ts';
import { ask } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { startLoad, type LoadReport } from './load.ts';
import { keepRow, LIVE, WRITE, writeDocument } from './resilience.ts';
import { compose, container, dev, devScript, docker, exec, generate, ownPorts, remove, type Stack } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const ALL = SERVICES.map(({ service }) => service);

beforeAll(async () => {
  await untilHealthy(stack, ALL, 60);
  await psql('CREATE TABLE IF NOT EXISTS drill (n int)');
});
afterAll(async () => {
  await psql('DROP TABLE IF EXISTS drill');
  await writeDocument();
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
    const { load } = await drill('nginx.conf replaced, then reloaded', async () => {
      await save(original.replace('return 200 "ok\\n";', 'return 200 "the new one\\n";'));
      await dev(stack, 'reload');
    }, ['proxy']);
    expect((await ask({ port: stack.ports.proxy, path: '/health' })).text).toBe('the new one\n');
    expect(load.failed).toBe(0);
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
    keepRow("a proxy in Docker's own configuration", 'all healthy');
  } finally {
    await rm(config, { recursive: true });
    await dev(stack, 'restart');
  }
});

describe.runIf(WRITE)('a service out of memory', () => {
  test.each(ALL)('%s', async (service) => {
    const { healed, load } = await drill(`${service} out of memory`, () => exhaustMemory(service), [service]);
    expect(healed).toBeLessThanOrEqual(60);
    if (service !== 'proxy' && service !== 'backend') expect(load.failed).toBe(0);
  });
});

// A disk of its own takes a mount, which takes root.
describe.runIf(WRITE && process.getuid?.() === 0)('beside another project, whose database has a small disk', () => {
  let disk: string;
  let other: Stack;
  const filler = () => join(disk, 'filler');
  const inOther = (query: string) => exec(other, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', query);
  /** Each takes a page of its own. */
  const write = () => inOther("INSERT INTO drill (filler) VALUES (repeat('x', 7000)) RETURNING n");
  const fill = () => docker('exec', container(other, 'db'), 'sh', '-c', 'cat /dev/zero >/var/lib/postgresql/data/filler || true');
  const count = async () => Number(await inOther('SELECT count(*) FROM drill'));

  beforeAll(async () => {
    disk = await mkdtemp(join(tmpdir(), 'small-disk-'));
    await execa('mount', ['-t', 'tmpfs', '-o', 'size=192m,uid=999,gid=999,mode=0700', 'small-disk', disk]);
    other = await generate('st-beside', ownPorts(15));
    const volumes = { postgres_data: { driver_opts: { type: 'none', o: 'bind', device: disk } } };
    await writeFile(join(other.folder, 'docker-compose.override.yml'), JSON.stringify({ volumes }));
    await dev(other, 'build');
  });
  afterAll(async () => {
    if (other) await remove(other);
    await execa('umount', [disk]);
    await rm(disk, { recursive: true });
  });

  test('its start harms nobody', async () => {
    const { load } = await drill('another project started beside it', () => dev(other, 'start'), []);
    expect(load.failed).toBe(0);
    await inOther("CREATE TABLE drill (n serial, filler text); ALTER TABLE drill ALTER filler SET STORAGE plain");
  });

  test('the disk full: what cannot be written is refused, all else goes on, and nothing is lost', async () => {
    for (let i = 0; i < 20; i++) await write();
    await drillOther('db\'s disk full, then not', async () => {
      await fill();
      await expect(write()).rejects.toThrow(/No space left on device/);
      await sleep(3000);
      expect((await ask({ port: other.ports.proxy, path: '/api/v1/health/' })).status).toBe(200);
      await rm(filler());
      await write();
    }, async () => `${21 - (await count())} of 21 rows`);
    expect(await count()).toBe(21);
  });

  test('the disk too full for the log: the database ends, comes back with the room, and nothing is lost', async () => {
    await drillOther('db\'s disk full, for its log too, then not', async () => {
      await fill();
      await until('the database ends', async () => {
        await inOther('CREATE TABLE IF NOT EXISTS more (n int); SELECT pg_switch_wal()');
        return false;
      }, { seconds: 1 }).catch(() => undefined);
      await until('the database is away', async () => (await ask({ port: other.ports.proxy, path: '/api/v1/health/' })).status === 503, { seconds: 30 });
      await rm(filler());
    }, async () => `${21 - (await count())} of 21 rows`);
    expect(await count()).toBe(21);
  });

  test('its end harms nobody', async () => {
    const { load } = await drill('the other project removed', () => remove(other), []);
    expect(load.failed).toBe(0);
  });

  async function drillOther(name: string, breakIt: () => Promise<unknown>, lost: () => Promise<string>): Promise<void> {
    const load = startLoad(other.ports.proxy, LIVE);
    const begun = performance.now();
    try {
      await breakIt();
      await untilHealthy(other, ['db', 'redis', 'backend', 'frontend', 'proxy'], 90);
    } finally {
      const { failed, sent, longest } = await load.stop();
      keepRow(name, (performance.now() - begun) / 1000, { failed, sent, longest }, await lost());
      expect(failed).toBe(0);
    }
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
  keepRow(name, healed, report, await lost?.());
  return { healed, load: report };
}

/** Takes all the memory of its container, as a process that the kernel ends last. Then Docker starts the container anew. */
const exhaustMemory = (service: Service) => restartedBy(service, `
  for path in /proc/[0-9]*; do
    pid=\${path#/proc/}
    [ $pid = 1 ] || [ $pid = $$ ] || echo 1000 >$path/oom_score_adj
  done 2>/dev/null
  head -c 4000000000 /dev/zero | tail -c 4000000000 >/dev/null`);

/** The main process: the first child of the init process. Then Docker starts the container anew. */
const kill = (service: Service) => restartedBy(service, `
  for process in $(ls /proc | grep -E '^[0-9]+$' | sort -n); do
    read -r line </proc/$process/stat || continue
    set -- \${line##*) }
    if [ "$2" = 1 ]; then kill -KILL "$process"; exit; fi
  done 2>/dev/null`);

async function restartedBy(service: Service, script: string): Promise<void> {
  const before = (await docker('inspect', '--format', '{{.RestartCount}}', container(stack, service))).trim();
  await docker('exec', container(stack, service), 'sh', '-c', script).catch(() => undefined); // the container may end before the command has
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
