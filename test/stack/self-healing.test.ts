/** What hangs is restarted, what merely misses a dependency is not, and what comes back is found again. */
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { BARS, SERVICES, type Service } from './architecture.ts';
import { ask } from './http.ts';
import { inspect, isHealthy, untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { compose, container, docker, exec } from './stack.ts';
import { until } from './until.ts';

const stack = inject('stack');
const ALL = SERVICES.map(({ service }) => service);
const NETWORK = `${stack.name}-network`;

const startedAt = async (service: Service) => (await inspect(stack, service)).State.StartedAt;
const health = (port = stack.ports.proxy) => ask({ port, path: '/api/v1/health/' });

beforeAll(() => untilHealthy(stack, ALL, 60));

// Two waves: what hangs in one does not need what hangs in the same one to notice it, and time is saved.
describe.each([{ wave: ['db', 'frontend', 'proxy'] }, { wave: ['redis', 'backend', 'celery'] }] as const)('when $wave hang', ({ wave }) => {
  const others = ALL.filter((service) => !(wave as readonly Service[]).includes(service));
  const healed = new Map<Service, number>();
  let before: readonly string[];

  beforeAll(async () => {
    before = await Promise.all(others.map(startedAt));
    await Promise.all(wave.map(async (service) => void healed.set(service, await secondsToRestart(service))));
  });

  test.each(wave)('%s is restarted in time', (service) => {
    keep(`hung ${service} restarted, s`, healed.get(service)!, BARS.healedSeconds);
    expect(healed.get(service)).toBeLessThanOrEqual(BARS.healedSeconds);
  });

  test('all is healthy again, and nothing else was restarted', async () => {
    await untilHealthy(stack, ALL, 60);
    expect(await Promise.all(others.map(startedAt))).toEqual(before);
  });
});

describe.each([
  { service: 'db', check: 'database' },
  { service: 'redis', check: 'cache' },
] as const)('when $service', ({ service, check }) => {
  test.each([
    { state: 'is frozen', down: ['pause'], up: ['unpause'] },
    { state: 'is stopped', down: ['stop', '-t', '2'], up: ['start'] },
    { state: 'is killed', down: ['kill'], up: ['start'] },
  ])('$state, the backend says so at once, is not restarted, and forgets it at once', async ({ state, down, up }) => {
    const before = await startedAt('backend');
    await docker(...down, container(stack, service));
    const answers = await Promise.all([untilUnhealthy(), untilUnhealthy(stack.ports.backend)]).finally(() => docker(...up, container(stack, service)));
    for (const { status, text, seconds } of answers) {
      expect(status).toBe(503);
      expect(JSON.parse(text)).toMatchObject({ status: 'unhealthy', checks: { [check]: { status: 'unhealthy', error: expect.any(String) } } });
      keep(`503 when ${service} ${state}, s`, seconds, BARS.unhealthyAnswerSeconds);
      expect(seconds).toBeLessThanOrEqual(BARS.unhealthyAnswerSeconds);
    }
    await untilHealthy(stack, [service], 60);
    expect(await probe(check)).toBe('healthy');
    expect(await startedAt('backend')).toBe(before);
    await untilHealthy(stack, ALL, 60);
  });
});

describe('docker/healthcheck.sh in the checkout', () => {
  const path = join(stack.folder, 'docker/healthcheck.sh');
  const saidLast = async () => (await docker('inspect', '--format', '{{json .State.Health.Log}}', container(stack, 'redis'))).trim();
  /** As editors save: another file under the same name, here without its run bit, as from a file system that has none. */
  const replace = async (text: string) => {
    await writeFile(`${path}.new`, text, { mode: 0o644 });
    await rename(`${path}.new`, path);
  };

  test('replaced, and without a run bit, is what the next probe runs', async () => {
    const original = await readFile(path, 'utf8');
    const before = await startedAt('redis');
    try {
      await replace(original.replace('set -u', 'set -u\necho the-replaced-one'));
      await until('a probe ran the new file', async () => (await saidLast()).includes('the-replaced-one'), { seconds: 25, every: 500 });
      expect(await isHealthy(stack, 'redis')).toBe(true);
      expect(await startedAt('redis')).toBe(before);
    } finally {
      await replace(original);
      await chmod(path, 0o755);
    }
  });
});

describe('a backend recreated under a new address', () => {
  const squatter = `${stack.name}-squatter`;
  afterAll(async () => void (await docker('rm', '-f', squatter)));

  test('is found by the proxy in time', async () => {
    const addressOf = async () => (await inspect(stack, 'backend')).NetworkSettings.Networks[NETWORK]!.IPAddress;
    const old = await addressOf();
    await compose(stack, 'rm', '-sf', 'backend');
    await docker('run', '-d', '--name', squatter, '--network', NETWORK, '--entrypoint', 'sleep', 'redis:7', '600');
    const recreated = compose(stack, 'up', '-d', '--no-deps', 'backend');
    const direct = untilAnswered(stack.ports.backend);
    const proxied = untilAnswered(stack.ports.proxy);
    const outage = ((await proxied) - (await direct)) / 1000;
    await recreated;
    expect(await addressOf()).not.toBe(old);
    keep('recreated backend missed by the proxy, s', Math.max(outage, 0), BARS.outageSeconds);
    expect(outage).toBeLessThanOrEqual(BARS.outageSeconds);
    await untilHealthy(stack, ALL, 60);
  });
});

/** Stops the main process, which is the first child of the init process, and waits until the engine has started the container anew. */
async function secondsToRestart(service: Service): Promise<number> {
  const before = await startedAt(service);
  await exec(stack, service, 'sh', '-c', FREEZE);
  const frozen = performance.now();
  await until(`${service} restarted`, async () => (await startedAt(service)) !== before, { seconds: BARS.healedSeconds + 30 });
  return (performance.now() - frozen) / 1000;
}

const FREEZE = `
  for process in $(ls /proc | grep -E '^[0-9]+$' | sort -n); do
    read -r line </proc/$process/stat || continue
    set -- \${line##*) }
    if [ "$2" = 1 ]; then kill -STOP "$process"; exit; fi
  done 2>/dev/null
  exit 1`;

/** The first answer that says so: one that was good may serve others for a moment. @returns it, with the seconds since it was asked for first */
async function untilUnhealthy(port = stack.ports.proxy) {
  const begun = performance.now();
  for (;;) {
    const answer = await health(port);
    const seconds = (performance.now() - begun) / 1000;
    if (answer.status === 503 || seconds > BARS.unhealthyAnswerSeconds) return { ...answer, seconds };
    await sleep(50);
  }
}

/** The first answer, whatever it is: an error from a connection that died before is what must not be seen. */
async function probe(check: string): Promise<string> {
  const { checks } = JSON.parse((await health()).text) as { checks: Record<string, { status: string }> };
  return checks[check]!.status;
}

/** Asks ten times a second. @returns when the first 200 came */
async function untilAnswered(port: number): Promise<number> {
  const end = performance.now() + 60_000;
  for (;;) {
    const answered = await ask({ port, path: '/api/v1/health/live/', timeoutSeconds: 5 }).catch(() => undefined);
    if (answered?.status === 200) return performance.now();
    if (performance.now() > end) throw new Error(`nothing answered on port ${port} within 60 s`);
    await sleep(100);
  }
}
