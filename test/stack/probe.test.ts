/** docker/healthcheck.sh by itself, in a passing container: what must not keep it from healing, and what must. */
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { docker } from './stack.ts';
import { until } from './until.ts';

const DOCKER = fileURLToPath(new URL('../../templates/compose/base/docker', import.meta.url));
const NAME = 'st-probe';

/** A service that answers as long as /tmp/well is there. */
async function serve(...flags: string[]): Promise<void> {
  await docker(
    'run', '--detach', '--init', '--restart', 'unless-stopped', '--name', NAME, '--user', '999:999', '--cap-drop', 'ALL',
    '--volume', `${DOCKER}:/opt/docker:ro`, ...flags, '--entrypoint', 'sh', 'redis:7', '-c', 'touch /tmp/well; exec sleep 600',
  );
}
afterEach(async () => void (await docker('rm', '-f', NAME)));

const probe = (...flags: string[]) =>
  docker('exec', NAME, 'sh', '/opt/docker/healthcheck.sh', ...flags, 'test', '-e', '/tmp/well').then(() => 'well', () => 'ill');
const restarts = async () => Number(await docker('inspect', '--format', '{{.RestartCount}}', NAME));
const run = (script: string) => docker('exec', NAME, 'sh', '-c', script);

async function failThrice(): Promise<void> {
  expect(await probe()).toBe('well');
  await run('rm /tmp/well');
  for (let i = 0; i < 3; i++) await probe();
}
const healed = () => until('the container was started again', async () => (await restarts()) > 0, { seconds: 10 });

test('three failures in a row end the container, two do not', async () => {
  await serve();
  expect(await probe()).toBe('well');
  await run('rm /tmp/well');
  expect([await probe(), await probe()]).toEqual(['ill', 'ill']);
  expect(await restarts()).toBe(0);
  await probe();
  await healed();
});

test('a /dev/shm that is full does not hold the counter', async () => {
  await serve('--shm-size', '64k');
  await run('head -c 1000000 /dev/zero >/dev/shm/full || true');
  await failThrice();
  await healed();
});

test('restarts noted by a clock that was ahead do not count', async () => {
  await serve();
  await run('ln -s 9999999999,9999999998,9999999997, /var/tmp/health-restarts');
  await failThrice();
  await healed();
});

test('three restarts that did not help are the last', async () => {
  await serve();
  await run('read -r now rest </proc/uptime; now=${now%.*}; ln -s $now,$now,$now, /var/tmp/health-restarts');
  await failThrice();
  expect(await docker('logs', NAME)).toContain('leaving it to you');
  expect(await restarts()).toBe(0);
});

test('a probe that was frozen with the rest counts as one that failed', async () => {
  await serve();
  expect(await probe()).toBe('well');
  await run('echo 1 >/dev/shm/healthcheck/running; rm /tmp/well');
  await probe();
  expect(await run('readlink /dev/shm/healthcheck/failures')).toBe('2');
});

test('nothing is ended while healing is suspended, and all is when that time is over', async () => {
  await serve();
  expect(await probe()).toBe('well');
  await run('read -r now rest </proc/uptime; ln -s $((${now%.*} + 3600)) /dev/shm/healthcheck/suspended; rm /tmp/well');
  for (let i = 0; i < 5; i++) await probe();
  expect(await restarts()).toBe(0);
  await run('ln -sfn 1 /dev/shm/healthcheck/suspended');
  await probe();
  await healed();
});

test('all is frozen, the probe of that moment too: the container is started again within three intervals, one timeout and 3 s', async () => {
  const [interval, timeout] = [3, 2];
  await serve(
    '--health-cmd', 'sh /opt/docker/healthcheck.sh sh -c "sleep 0.8; test -e /tmp/well"',
    '--health-interval', `${interval}s`, '--health-timeout', `${timeout}s`, '--health-retries', '3',
  );
  const state = '/dev/shm/healthcheck';
  await until('it was well once, and a probe runs', () => run(`grep 1 ${state}/running`).then(() => true), { seconds: 15, every: 50 });
  await run('for path in /proc/[0-9]*; do pid=${path#/proc/}; [ $pid = 1 ] || [ $pid = $$ ] || kill -STOP $pid 2>/dev/null; done; true');
  expect(await run(`cat ${state}/running`)).toBe('1');
  const frozen = performance.now();
  await until('the container was started again', async () => (await restarts()) > 0, { seconds: 60 });
  expect((performance.now() - frozen) / 1000).toBeLessThan(3 * interval + timeout + 3);
});

test.each([
  ['as many seconds as it may take', 'trap "sleep 2; touch /tmp/in-order; exit" TERM; touch /tmp/well; while :; do sleep 0.1; done', true],
  ['not for ever', 'trap "" TERM; touch /tmp/well; while :; do sleep 0.1; done', false],
])('a stopped service gets %s to end in order', async (_what, service, inOrder) => {
  await docker(
    'run', '--detach', '--init', '--restart', 'unless-stopped', '--name', NAME, '--user', '999:999', '--volume', `${DOCKER}:/opt/docker:ro`,
    '--entrypoint', 'sh', 'redis:7', '-c', service,
  );
  await until('it serves', () => run('test -e /tmp/well'), { seconds: 5 });
  expect(await probe('--grace', '4')).toBe('well');
  await run('for path in /proc/[0-9]*; do read -r line <$path/stat; set -- ${line##*) }; if [ "$2" = 1 ]; then kill -STOP ${path#/proc/}; fi; done; true');
  for (let i = 0; i < 3; i++) await probe('--grace', '4').catch(() => '');
  await healed();
  await until('it serves again', () => run('true').then(() => true), { seconds: 5 });
  expect(await run('test -e /tmp/in-order').then(() => true, () => false)).toBe(inOrder);
});

test("a proxy of Docker's own configuration is not asked", async () => {
  await docker('run', '--detach', '--init', '--name', NAME, '--env', 'http_proxy=http://127.0.0.1:9', '--volume', `${DOCKER}:/opt/docker:ro`,
    '--entrypoint', 'sh', 'nginx:1.27-alpine', '-c', 'echo "events {} http { server { listen 80; return 200; } }" >/tmp/n; exec nginx -c /tmp/n -g "daemon off;"');
  const wget = () => docker('exec', NAME, 'sh', '/opt/docker/healthcheck.sh', 'wget', '--spider', '-q', 'http://127.0.0.1/').then(() => true);
  expect(await until('it answers', wget, { seconds: 10 })).toBe(true);
});
