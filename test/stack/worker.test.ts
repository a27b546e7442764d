/** The worker: its settings; a saved file is in use and nothing that ran is lost by it, nor by a kill or a stop; what it does not know is loud. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countDone, createTable, saveTasks, sendTasks, shell as shellOf, TASKS } from './forty-tasks.ts';
import { ask } from './http.ts';
import { inspect, untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { container, dev, devScript, docker, exec, generate, ownPorts, remove, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;

const save = (more?: string) => saveTasks(stack, more);
const shell = (code: string) => shellOf(stack, code);
const said = async (words: string) => (await docker('logs', container(stack, 'celery'))).split(words).length - 1;
const ready = async () => (await said(' ready.')) > 0 && (await inspect(stack, 'celery')).State.Health?.Status === 'healthy';

const LOOK = `

@shared_task
def look():
    from threading import enumerate as threads

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        process = cursor.fetchone()[0]
    pools = [each.name for each in threads() if each.name.startswith("pool-")]
    logger.info(f"looked at {process} pool {connection.pool} threads {pools}")
`;

beforeAll(async () => {
  stack = await generate('st-worker', ownPorts(24), '--celery');
  await dev(stack, 'start');
  await createTable(stack);
});
afterAll(() => stack && remove(stack));

test('a task that is saved is known to the worker, which finishes first what it is at', async () => {
  const before = (await inspect(stack, 'celery')).State.StartedAt;
  let starts = await said(' ready.');
  await save();
  await until('reloaded', async () => (await said(' ready.')) > starts, { seconds: 60 });
  starts = await said(' ready.');
  await shell('from apps.users.tasks import slow; slow.delay()');
  await until('it has begun', async () => (await said('slow begins')) === 1, { seconds: 60 });
  await save('\n\n@shared_task\ndef fresh():\n    logger.info("fresh is here")\n');
  await until('reloaded', async () => (await said(' ready.')) > starts, { seconds: 60 });
  expect(await said('slow is done')).toBe(1);
  await shell('from apps.users.tasks import fresh; fresh.delay()');
  await until('the new task', async () => (await said('fresh is here')) === 1, { seconds: 60 });
  expect(await said('slow begins')).toBe(1);
  expect((await inspect(stack, 'celery')).State.StartedAt).toBe(before);
});

test('a task has a connection for itself and no pool, and is logged in a file of its own', async () => {
  const settings = 'from django.conf import settings as s; options = s.DATABASES["default"]["OPTIONS"]; print(s.LOG_FILE, s.LOGGING["handlers"]["file"]["filename"], (options["pool"] or {}).get("max_size"))';
  const of = async (service: 'backend' | 'celery') => (await exec(stack, service, 'python', 'manage.py', 'shell', '--no-imports', '-c', settings)).split('\n').at(-1);
  expect(await of('celery')).toBe('celery.log /app/logs/celery.log None');
  expect(await of('backend')).toBe('backend.log /app/logs/backend.log 10');

  const starts = await said(' ready.');
  await save(LOOK);
  await until('reloaded', async () => (await said(' ready.')) > starts, { seconds: 60 });
  const log = (name: string) => readFile(join(stack.folder, 'backend/logs', name), 'utf8');
  const { headers } = await ask({ port: stack.ports.proxy, path: '/api/v1/users/' });
  const id = headers['x-request-id']![0]!;
  await until('the request is logged', async () => (await log('backend.log')).includes(id), { seconds: 5 });
  const logged = { celery: (await log('celery.log')).length, backend: (await log('backend.log')).length };
  await shell('from apps.users.tasks import look; look.delay(); look.delay()');
  await until('both have looked', async () => (await said('looked at ')) === 2, { seconds: 60 });
  const seen = [...(await docker('logs', container(stack, 'celery'))).matchAll(/looked at (\d+) pool (\S+) threads \[(.*?)\]/g)];
  expect(seen.map(([, , pool, threads]) => [pool, threads])).toEqual([['None', ''], ['None', '']]);
  const [first, second] = seen.map(([, process]) => process);
  expect(first, 'a connection for each task').not.toBe(second);
  const { NetworkSettings } = await inspect(stack, 'celery');
  const { IPAddress } = NetworkSettings.Networks[`${stack.name}-network`]!;
  const open = () => exec(stack, 'db', 'psql', '-U', 'postgres', '-qtAc', `SELECT count(*) FROM pg_stat_activity WHERE client_addr = '${IPAddress}'`);
  await until('none is left open', async () => (await open()) === '0', { seconds: 5 });

  expect((await log('celery.log')).slice(logged.celery)).toMatch(/looked at .*[^]*looked at /);
  expect(await log('celery.log')).not.toContain(id);
  expect((await log('backend.log')).slice(logged.backend)).not.toContain('looked at');
}, 120_000);

test('a task that runs while Docker stops the worker is finished first', async () => {
  await untilHealthy(stack, ['celery'], 60);
  const [begun, done] = [await said('slow begins'), await said('slow is done')];
  await shell('from apps.users.tasks import slow; slow.delay()');
  await until('it has begun', async () => (await said('slow begins')) === begun + 1, { seconds: 60 });
  await docker('stop', container(stack, 'celery'));
  expect(await said('slow is done')).toBe(done + 1);
  await docker('start', container(stack, 'celery'));
  await untilHealthy(stack, ['celery'], 60);
  expect(await said('slow begins'), 'and is not run again').toBe(begun + 1);
}, 120_000);

test('a task that no worker knows is loud: in the log, and red on the page', async () => {
  await shell('from config.celery import app; app.send_task("of_tomorrow")');
  await until('told', async () => (await said('unknown task thrown away')) === 1, { seconds: 60 });
  const health = await ask({ port: stack.ports.proxy, path: '/api/v1/health/' });
  expect(health.status).toBe(200);
  expect(JSON.parse(health.text)).toMatchObject({ status: 'degraded', checks: { worker: { error: expect.stringContaining('does not know') } } });
  expect((await devScript(stack, ['status', '--quick'])).all).toMatch(/The application says: worker: .*does not know/);
  await exec(stack, 'redis', 'redis-cli', '-n', '0', 'del', 'worker:unknown-task');
});

test('forty accepted tasks, the worker killed and the stack stopped meanwhile: none is lost', async () => {
  await untilHealthy(stack, ['celery', 'backend'], 60);
  const begun = performance.now();
  const ids = await sendTasks(stack);
  const done = () => countDone(stack);
  await until('some are done', async () => (await done()) >= 5, { seconds: 60 });
  await exec(stack, 'celery', 'sh', '-c', 'kill -KILL -1').catch(() => undefined); // this shell is ended with all the rest
  await until('the worker is back', ready, { seconds: 60 });
  await until('more are done', async () => (await done()) >= 15, { seconds: 60 });
  await dev(stack, 'stop');
  await dev(stack, 'start');
  // What the killed worker had in hand is handed out again after three minutes, and not before: no task may run that long.
  await until('all are done', async () => (await done()) === TASKS, { seconds: 240, every: 1000 }).catch(() => undefined);
  keep('accepted tasks lost of 40, worker killed, stack stopped', TASKS - (await done()), 0);
  keep('the last of them done after, s', (performance.now() - begun) / 1000, 300);
  expect(await done()).toBe(TASKS);
  const states = JSON.parse(await shell(`import json; from django_tasks import default_task_backend as b; print(json.dumps([b.get_result(i).status for i in ${JSON.stringify(ids)}]))`)) as string[];
  expect([...new Set(states)]).toEqual(['SUCCESSFUL']);
}, 420_000);

test('Flower is there for who asks for it, and healthy', async () => {
  const port = stack.ports.redis + 5; // nobody's: ownPorts() hands out none above 80 of its hundred
  const env = { COMPOSE_PROFILES: 'with-celery,with-flower', FLOWER_PORT: String(port) };
  try {
    await execa('docker', ['compose', 'up', '-d', '--no-deps', '--wait', 'flower'], { cwd: stack.folder, env, stdin: 'ignore' });
    expect((await ask({ port, path: '/' })).status).toBe(200);
  } finally {
    await docker('rm', '-f', `${stack.name}-flower`);
  }
});
