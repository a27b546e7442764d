/** The architecture, row by row, in the containers that run: as the engine made them and as the kernel holds them. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { BARS, NETWORK, SERVICES, type Service } from './architecture.ts';
import { inspect, kernelLimits, processOwners, type Inspected } from './inspect.ts';
import { keep } from './measured.ts';
import { container, docker, exec, type Stack } from './stack.ts';
import { timed } from './until.ts';

const MEGABYTE = 1024 * 1024;
const SECOND = 1_000_000_000; // in the engine's nanoseconds
const stack = inject('stack');

describe.each(SERVICES)('$service', (row) => {
  let inspected: Inspected;
  beforeAll(async () => void (inspected = await inspect(stack, row.service)));

  test('runs healthy from its image', () => {
    expect(inspected.State).toMatchObject({ Status: 'running', Health: { Status: 'healthy' } });
    expect(inspected.Config.Image).toBe(row.image.replace('NAME', stack.name));
  });

  test('is published on this machine only', () => {
    const published = Object.entries(inspected.HostConfig.PortBindings ?? {});
    const host = String(stack.ports[row.service as keyof Stack['ports']]);
    expect(published).toEqual(row.port ? [[`${row.port.container}/tcp`, [{ HostIp: '127.0.0.1', HostPort: host }]]] : []);
  });

  test('has the limits and reservations that the engine was asked for', () => {
    const { NanoCpus, CpuShares, Memory, MemoryReservation } = inspected.HostConfig;
    expect({ cpus: NanoCpus / SECOND, memory: Memory / MEGABYTE, memoryReserve: MemoryReservation / MEGABYTE, shares: CpuShares }).toEqual({
      cpus: row.limits.cpus,
      memory: row.limits.memory,
      memoryReserve: row.limits.memoryReserve,
      shares: row.limits.cpusReserve * 1024,
    });
  });

  test('has them from the kernel', async () => {
    const { cpus, memory, memoryReserve } = row.limits;
    expect(await kernelLimits(stack, row.service)).toEqual({ cpus, memory: memory * MEGABYTE, memoryReserve: memoryReserve * MEGABYTE });
  });

  test('has its volumes and folders, and no volume without a name', () => {
    const mounted = Object.fromEntries(inspected.Mounts.map(({ Destination, Name, Source }) => [Destination, Name ?? Source]));
    for (const [path, volume] of Object.entries(row.volumes)) expect(mounted[path]).toBe(`${stack.name}-${volume}`);
    for (const [path, folder] of Object.entries(row.binds)) expect(mounted[path]).toBe(join(stack.folder, folder));
    const volumes = inspected.Mounts.filter(({ Type }) => Type === 'volume').map(({ Name }) => Name);
    expect(volumes.toSorted()).toEqual(Object.values(row.volumes).map((volume) => `${stack.name}-${volume}`).toSorted());
  });

  test('is probed as the table says, and restarts', () => {
    const { Test, ...timing } = inspected.Config.Healthcheck!;
    expect(Test.join(' ')).toMatch(row.health[0]!);
    expect(timing).toMatchObject({ StartPeriod: 60 * SECOND, StartInterval: SECOND, Retries: 3 });
    expect(timing.Interval / SECOND).toBeGreaterThanOrEqual(10);
    expect(timing.Interval / SECOND).toBeLessThanOrEqual(30);
    expect(inspected.HostConfig).toMatchObject({ Init: true, RestartPolicy: { Name: 'unless-stopped' } });
  });

  test('runs every process without root', async () => {
    const owners = await processOwners(stack, row.service);
    expect(owners.length).toBeGreaterThan(1);
    expect(new Set(owners)).toEqual(new Set([row.user]));
  });

  test('is on the one network', () => {
    expect(Object.keys(inspected.NetworkSettings.Networks)).toEqual([NETWORK.name.replace('NAME', stack.name)]);
  });

  test.each(row.reaches)('reaches $service:$port by name', async ({ service, port }) => {
    expect(await connect(row.service, service, port)).toContain('connected');
  });
});

describe('the whole', () => {
  test('came up in the order of the dependencies', () => {
    const { startedAt } = inject('firstStart');
    for (const { service, waitsFor } of SERVICES) {
      for (const other of waitsFor) expect(Date.parse(startedAt[service]), `${service} after ${other}`).toBeGreaterThan(Date.parse(startedAt[other]));
    }
  });

  test('has the network to itself', async () => {
    const [network] = JSON.parse(await docker('network', 'inspect', NETWORK.name.replace('NAME', stack.name))) as [
      { Driver: string; Containers: Record<string, { Name: string }> },
    ];
    expect(network.Driver).toBe(NETWORK.driver);
    const names = Object.values(network.Containers).map(({ Name }) => Name);
    expect(names.toSorted()).toEqual(SERVICES.map(({ service }) => container(stack, service)).toSorted());
  });

  test('writes to the project only as its user', async () => {
    for (const folder of ['logs', 'media', 'staticfiles']) {
      const path = join(stack.folder, 'backend', folder);
      for (const entry of ['', ...(await readdir(path))]) {
        const { uid, gid } = await stat(join(path, entry));
        expect(`${uid}:${gid}`, `${folder}/${entry}`).toBe(SERVICES.find(({ service }) => service === 'backend')!.user);
      }
    }
  });

  test('rests in little memory and CPU', async () => {
    const windows = [await cpuPercents(), await cpuPercents(), await cpuPercents()].map((each) => ({ total: sum(Object.values(each)), each }));
    const { total, each } = windows.reduce((best, window) => (window.total < best.total ? window : best)); // it settles after its start
    const megabytes = await memory();
    keep('idle, % of a CPU', total, BARS.idleCpuPercent);
    keep('idle, MB', megabytes, BARS.idleMegabytes);
    expect(total, JSON.stringify(each)).toBeLessThanOrEqual(BARS.idleCpuPercent);
    expect(megabytes).toBeLessThanOrEqual(BARS.idleMegabytes);
  });
});

/** Each image has another tool that can open a connection. */
async function connect(from: Service, to: string, port: number): Promise<string> {
  if (from === 'frontend') {
    const script = `require('net').connect(${port}, '${to}').on('connect', () => { console.log('connected'); process.exit(); })`;
    return await exec(stack, from, 'node', '-e', script);
  }
  if (from === 'proxy') {
    // BusyBox wget is all that nginx's image has; any answer, an error too, needs a connection.
    return await exec(stack, from, 'sh', '-c', `wget -S -T 5 -O /dev/null http://${to}:${port}/ 2>&1 | grep -q HTTP/1 && echo connected`);
  }
  return await exec(stack, from, 'python', '-c', `import socket; socket.create_connection(('${to}', ${port}), 5); print('connected')`);
}

/** Over two health intervals, so that each probe counts as often as it does all day. */
async function cpuPercents(): Promise<Record<string, number>> {
  const read = () => Promise.all(SERVICES.map(({ service }) => cpuSeconds(service)));
  const before = await read();
  const { seconds } = await timed(() => exec(stack, 'db', 'sleep', '20'));
  const after = await read();
  return Object.fromEntries(SERVICES.map(({ service }, i) => [service, (100 * (after[i]! - before[i]!)) / seconds]));
}

/** Of the whole container since it started, from the kernel (v1 counts nanoseconds, v2 microseconds). */
async function cpuSeconds(service: Service): Promise<number> {
  const script = 'cat /sys/fs/cgroup/cpuacct/cpuacct.usage 2>/dev/null || sed -n "s/^usage_usec \\(.*\\)/\\1000/p" /sys/fs/cgroup/cpu.stat';
  return Number(await exec(stack, service, 'sh', '-c', script)) / SECOND;
}

/** As `docker stats` counts: without the file cache that the kernel can drop. */
async function memory(): Promise<number> {
  const names = SERVICES.map(({ service }) => container(stack, service));
  const usages = (await docker('stats', '--no-stream', '--format', '{{.MemUsage}}', ...names)).split('\n');
  return sum(usages.map(inMegabytes));
}

function inMegabytes(usage: string): number {
  const [, number, unit] = /^([\d.]+)([KMG])iB/.exec(usage) ?? [];
  return Number(number) * { K: 1 / 1024, M: 1, G: 1024 }[unit as 'K' | 'M' | 'G'];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
