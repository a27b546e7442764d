import { chmodSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diagnose } from '../../src/doctor/diagnose.ts';
import { realSystem } from '../../src/doctor/real-system.ts';
import { makeRoom, run } from '../process/run.ts';
import { failed, fakeSystem, MISSING, NOON, ok } from './fake-system.ts';

const idsOf = async (...[directory, system]: Parameters<typeof diagnose>) => (await diagnose(directory, system)).map(({ id }) => id);
const WITHOUT_DOCKER = { 'docker info': MISSING, 'docker compose version': MISSING, 'docker compose config': MISSING, 'docker ps': MISSING, 'docker volume': MISSING };

it('finds nothing where all is well', async () => {
  expect(await diagnose('/app', fakeSystem())).toEqual([]);
});

it('tells problems before advice', async () => {
  const system = fakeSystem({ files: { '/proc/sys/fs/inotify/max_user_watches': '1' }, ports: { 80: '' } });
  expect(await idsOf('/app', system)).toEqual(['port-taken', 'inotify-watches']);
});

it('checks only the machine where there is no project, and says so', async () => {
  const broken = { '/app/.devstack/answers.json': undefined, '/app/.env': undefined };
  expect(await idsOf('/app', fakeSystem({ files: broken }))).toEqual(['no-project']);
});

it('says of a missing Docker once that it is missing, and what was not checked for that', async () => {
  expect(await idsOf('/app', fakeSystem({ commands: WITHOUT_DOCKER }))).toEqual(['docker-missing', 'stack-unchecked']);
});

it('survives programs that print anything', async () => {
  for (const ran of [ok(''), ok('{}'), ok('<html>'), failed(''), { status: 'slow' as const }]) {
    const commands = Object.fromEntries(['docker info', 'docker compose version', 'docker compose config', 'docker ps', 'docker volume'].map((command) => [command, ran]));
    await expect(diagnose('/app', fakeSystem({ commands }))).resolves.toBeInstanceOf(Array);
  }
});

it('asks Docker each thing once', async () => {
  const asked: string[] = [];
  const system = fakeSystem();
  await diagnose('/app', { ...system, run: async (...call) => (asked.push([call[0], ...call[1]].join(' ')), system.run(...call)) });
  expect(asked).toHaveLength(new Set(asked).size);
  expect(asked).toHaveLength(5);
});

it('never tells a secret', async () => {
  const commands = { 'docker volume': ok('2020-01-01T00:00:00Z') };
  const findings = await diagnose('/app', fakeSystem({ commands, files: { '/app/.env': 'POSTGRES_PASSWORD=hunter2\r\nSECRET=hunter2\r\n' }, ports: { 80: '' } }));
  expect(findings.length).toBeGreaterThan(3);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});

it('does not take the time that Docker needs to answer for a wrong clock', async () => {
  const clock = [NOON - 20_000, NOON + 20_000];
  expect(await idsOf('/app', { ...fakeSystem(), now: () => clock.shift() ?? NOON })).toEqual([]);
});

it('tells a .env that this user may not read from one that is not there', async () => {
  const system = fakeSystem();
  const closed = { ...system, readText: async (path: string) => (path.endsWith('.env') ? undefined : system.readText(path)) };
  expect(await idsOf('/app', closed)).toEqual(['env-unreadable']);
});

/** What Compose tells of a project whose proxy has this port. */
const modelWith = (port: number) => ({ name: 'app', services: { proxy: { ports: [{ host_ip: '127.0.0.1', published: String(port), protocol: 'tcp' }] } } });

/** Linux on this machine may be low on disk or watches; those findings are true, and none of the project. */
const ofProject = (findings: readonly { readonly id: string }[]) => findings.map(({ id }) => id).filter((id) => !/^(disk|inotify|memory|cpus)-/.test(id));

it('looks at a real project on a real machine, without Docker', async () => {
  const room = makeRoom();
  const app = join(room, 'app');
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const ports = ['proxy', 'frontend', 'backend', 'db', 'redis'].flatMap((name, index) => [`--${name}-port`, String(name === 'proxy' ? port : 21_400 + index)]);
  await run([app, '--yes', '--celery', '--no-git', ...ports], room);
  const system = realSystem({ ...process.env, PATH: room, Path: room });

  const whole = await diagnose(app, system);
  expect(ofProject(whole)).toEqual(['docker-missing', 'stack-unchecked']);

  const compose = { run: async (...[program, args]: Parameters<typeof system.run>) => (args[1] === 'config' ? ok(JSON.stringify(modelWith(port))) : system.run(program, args)) };
  const withCompose = await diagnose(app, { ...system, ...compose });
  expect(withCompose.find(({ id }) => id === 'port-taken')?.title).toMatch(new RegExp(`^Port ${port}, wanted by proxy, is taken by (.* \\(process ${process.pid}\\)|another program)\\.$`));

  await new Promise((resolve) => server.close(resolve));
  chmodSync(join(app, '.env'), 0o644);
  writeFileSync(join(app, 'docker', 'bad.sh'), '#!/bin/sh\r\n');
  expect(ofProject(await diagnose(app, system))).toEqual(process.platform === 'win32' ? ['docker-missing', 'crlf', 'stack-unchecked'] : ['docker-missing', 'env-mode', 'crlf', 'stack-unchecked']);

  rmSync(join(app, '.devstack'), { recursive: true });
  expect(ofProject(await diagnose(app, system))).toEqual(['docker-missing', 'no-project']);
  expect(ofProject(await diagnose(join(room, 'nowhere'), system))).toEqual(['docker-missing', 'no-project']);
});
