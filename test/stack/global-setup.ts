/** Boots the default project once, for every test file: generated, images built, then started on empty volumes against the clock. */
import { readdir, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { BARS, SERVICES, type Service } from './architecture.ts';
import { inspect } from './inspect.ts';
import { forgetMeasured, keep, tableOfMeasured } from './measured.ts';
import { barHere, slowness } from './slowness.ts';
import { compose, DEFAULT_PORTS, dev, FOLDER_PREFIX, generate, isNameFree, ownPorts, remove, removeLeftover, type Ports, type Stack } from './stack.ts';
import { keepTimeline, startInTime } from './timeline.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly stack: Stack;
    /** Of the first start: seconds until all was healthy, and when each container came to life. */
    readonly firstStart: { readonly seconds: number; readonly startedAt: Readonly<Record<Service, string>> };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await sweep();
  forgetMeasured();
  keep('this machine, times slower than the one of the bars', slowness(), 1);
  const { name, ports } = await chooseIdentity();
  const stack = await generate(name, ports, '--celery');
  try {
    await dev(stack, 'build');
    const first = await startInTime(stack, barHere(BARS.emptyStartSeconds), async () => void (await compose(stack, 'down', '--volumes')));
    keepTimeline('empty', first);
    project.provide('stack', stack);
    project.provide('firstStart', { seconds: first.seconds, startedAt: await startTimes(stack) });
  } catch (error) {
    await remove(stack);
    throw error;
  }
  return async () => {
    console.log(`\n${tableOfMeasured()}`);
    await remove(stack);
  };
}

/** The defaults where they are free; in CI they have to be. A developer's own `app` is never touched, not even there. */
async function chooseIdentity(): Promise<{ readonly name: string; readonly ports: Ports }> {
  const free = (await isNameFree('app')) && (await Promise.all(Object.values(DEFAULT_PORTS).map(isPortFree))).every(Boolean);
  if (free || process.env['CI']) return { name: 'app', ports: DEFAULT_PORTS };
  console.warn('The name "app" or a default port is in use here: the stack runs as "st-app" on ports from 28000 on.');
  return { name: 'st-app', ports: ownPorts(0) };
}

function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

async function startTimes(stack: Stack): Promise<Record<Service, string>> {
  const times = SERVICES.map(async ({ service }) => [service, (await inspect(stack, service)).State.StartedAt] as const);
  return Object.fromEntries(await Promise.all(times)) as Record<Service, string>;
}

/** Removes what a run that was killed has left: its process is gone, its folders tell the projects' names. */
async function sweep(): Promise<void> {
  for (const entry of await readdir(tmpdir())) {
    const owner = Number(new RegExp(`^${FOLDER_PREFIX}(\\d+)-`).exec(entry)?.[1] ?? process.pid);
    if (owner === process.pid || isAlive(owner)) continue;
    const parent = await realpath(join(tmpdir(), entry));
    for (const name of await readdir(parent)) await removeLeftover(parent, name);
    await rm(parent, { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
