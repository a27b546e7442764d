/** Drill: the Docker daemon restarted under a stack that works. Only where docs/resilience.md is written, as root. */
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { SERVICES } from './architecture.ts';
import { countDone, createTable, psql, saveTasks, sendTasks, TASKS } from './forty-tasks.ts';
import { untilHealthy } from './inspect.ts';
import { startLoad } from './load.ts';
import { keepRow, LIVE, WRITE, writeDocument } from './resilience.ts';
import { daemonFolder, secondEngine, type SecondEngine } from './second-engine.ts';
import { compose, generate, ownPorts, remove, type Stack } from './stack.ts';
import { until } from './until.ts';

const ALL = SERVICES.map(({ service }) => service);
const programs = WRITE ? await daemonFolder() : undefined;

describe.runIf(programs !== undefined)('a daemon of its own', () => {
  let engine: SecondEngine;
  let stack: Stack;
  let socket: string;
  const outer = process.env['DOCKER_HOST'];

  beforeAll(async () => {
    stack = await generate('st-daemon', ownPorts(23), '--celery');
    await saveTasks(stack);
    engine = await secondEngine(programs!);
    await engine.start();
    await takeImages(stack, inject('stack'), engine);
    process.env['DOCKER_HOST'] = engine.host; // for all that asks Docker from here on
    await compose(stack, 'up', '--detach', '--wait', '--no-build');
    await createTable(stack);
    await psql(stack, 'CREATE TABLE drill (n int)');
    socket = await engine.relay(stack.ports.proxy);
  });
  afterAll(async () => {
    if (process.env['DOCKER_HOST'] === engine?.host) await remove(stack);
    if (outer === undefined) delete process.env['DOCKER_HOST'];
    else process.env['DOCKER_HOST'] = outer;
    await engine?.remove();
    await execa('docker', ['image', 'rm', ...ownImages(stack)], { reject: false });
    await writeDocument();
  });

  test('restarted: all is well again by itself, and nothing is lost', async () => {
    await psql(stack, 'TRUNCATE drill, drill_task');
    const load = startLoad(stack.ports.proxy, LIVE, false, socket);
    await sendTasks(stack);
    const writing = writeRows(stack);
    await until('some tasks are done', async () => (await countDone(stack)) >= 5, { seconds: 30 });
    const begun = performance.now();
    await engine.end('SIGTERM');
    await engine.start();
    await untilHealthy(stack, ALL, 120);
    const healed = (performance.now() - begun) / 1000;
    await sleep(1000);
    const report = await load.stop();
    const confirmed = await writing;
    await until('all tasks are done', async () => (await countDone(stack)) === TASKS, { seconds: 240, every: 1000 }).catch(() => undefined);
    const rows = confirmed - Number(await psql(stack, `SELECT count(DISTINCT n) FROM drill WHERE n < ${confirmed}`));
    const tasks = TASKS - (await countDone(stack));
    keepRow('the Docker daemon restarted, 40 tasks accepted', healed, report, `${rows} of ${confirmed} rows, ${tasks} of ${TASKS} tasks`);
    expect({ rows, tasks }).toEqual({ rows: 0, tasks: 0 });
    expect(confirmed).toBeGreaterThan(3);
    expect(healed).toBeLessThanOrEqual(120);
  }, 480_000);
});

/** One after the other, until one is not confirmed. @returns how many were */
async function writeRows(stack: Stack): Promise<number> {
  for (let n = 0; ; n++) {
    const confirmed = await psql(stack, `INSERT INTO drill VALUES (${n}) RETURNING n`).catch(() => undefined);
    if (confirmed !== String(n)) return n;
  }
}

const ownImages = (stack: Stack) => ['backend', 'frontend'].map((part) => `${stack.name}-${part}-dev`);

/** Built for another stack of the same files: there is no network in the second engine to build with. */
async function takeImages(stack: Stack, built: Stack, engine: SecondEngine): Promise<void> {
  for (const image of ownImages(stack)) await execa('docker', ['tag', image.replace(stack.name, built.name), image]);
  const all = (await compose(stack, '--profile', 'with-celery', 'config', '--images')).split('\n');
  await execa('bash', ['-c', 'set -o pipefail; host=$1; shift; docker save "$@" | docker --host "$host" load', 'load', engine.host, ...new Set(all)]);
}
