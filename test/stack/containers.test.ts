/** The architecture, row by row, in the containers that run: as the engine made them and as the kernel holds them. */
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { BARS, NETWORK, SERVICES, START_PERIOD, type Service } from './architecture.ts';
import { launch, openOnboarding } from './browser.ts';
import { ask } from './http.ts';
import { inspect, kernelLimits, processOwners, type Inspected } from './inspect.ts';
import { keep } from './measured.ts';
import { barHere } from './slowness.ts';
import { container, docker, exec, type Stack } from './stack.ts';
import { measureUsage, total, type Usage } from './usage.ts';

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

  test('knows its user by a name', async () => {
    expect(await exec(stack, row.service, 'whoami')).toMatch(/^[a-z]+$/);
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
    expect(timing).toMatchObject({ StartPeriod: (row.startPeriod ?? START_PERIOD) * SECOND, StartInterval: (row.startInterval / 1000) * SECOND, Retries: 3 });
    expect(timing.Interval / SECOND).toBeGreaterThanOrEqual(10);
    expect(timing.Interval / SECOND).toBeLessThanOrEqual(30);
    expect(inspected.HostConfig).toMatchObject({ Init: true, RestartPolicy: { Name: 'unless-stopped' } });
  });

  test('runs every process without root', async () => {
    const owners = await processOwners(stack, row.service);
    expect(owners.length).toBeGreaterThan(1);
    expect(new Set(owners)).toEqual(new Set([row.user]));
  });

  test('has no capability, and no process of it can gain any', async () => {
    expect(inspected.HostConfig).toMatchObject({ CapAdd: null, CapDrop: ['ALL'], Privileged: false });
    expect(inspected.HostConfig.SecurityOpt).toContain('no-new-privileges:true');
    const facts = Object.fromEntries((await exec(stack, row.service, 'cat', '/proc/1/status')).split('\n').map((line) => line.split(/:\s+/)));
    expect(facts).toMatchObject({ CapEff: '0000000000000000', CapPrm: '0000000000000000', CapBnd: '0000000000000000', NoNewPrivs: '1' });
  });

  test('is on the one network', () => {
    expect(Object.keys(inspected.NetworkSettings.Networks)).toEqual([NETWORK.name.replace('NAME', stack.name)]);
  });

  test.each(row.reaches)('reaches $service:$port by name', async ({ service, port }) => {
    expect(await connect(row.service, service, port)).toContain('connected');
  });
});

describe('the whole', () => {
  let idle: Usage;

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

  test('shows an edit of index.html with the next answer', async () => {
    const path = join(stack.folder, 'frontend/index.html');
    const original = await readFile(path, 'utf8');
    try {
      await writeFile(path, original.replace('</head>', '<meta name="edited" content="yes"></head>'));
      expect((await ask({ port: stack.ports.proxy, path: '/' })).text).toContain('name="edited"');
    } finally {
      await writeFile(path, original);
    }
  });

  test('rests in little memory and CPU', async () => {
    idle = await measureUsage(stack);
    // It settles after its start.
    for (let tries = 1; tries < 3 && total(idle.cpu) > BARS.idleCpuPercent; tries += 1) {
      const window = await measureUsage(stack);
      if (total(window.cpu) < total(idle.cpu)) idle = window;
    }
    const { cpu, megabytes } = idle;
    keep('idle, % of a CPU', total(cpu), BARS.idleCpuPercent);
    keep('idle, MB', total(megabytes), BARS.idleMegabytes);
    expect(total(cpu), JSON.stringify(cpu)).toBeLessThanOrEqual(barHere(BARS.idleCpuPercent));
    expect(total(megabytes), JSON.stringify(megabytes)).toBeLessThanOrEqual(BARS.idleMegabytes);
  });

  test('an open first page costs the backend next to nothing', async () => {
    const browser = await launch();
    try {
      await openOnboarding(browser, stack.ports.proxy);
      const { cpu } = await measureUsage(stack);
      const more = cpu.backend - idle.cpu.backend;
      keep('the first page open, % of a CPU more in the backend', more, BARS.firstPageCpuPercent);
      expect(more, JSON.stringify({ idle: idle.cpu, cpu })).toBeLessThan(barHere(BARS.firstPageCpuPercent));
    } finally {
      await browser.close();
    }
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
