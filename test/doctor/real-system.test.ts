import { chmodSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { realSystem } from '../../src/doctor/real-system.ts';
import { makeRoom } from '../process/run.ts';

const node = async (script: string, patience?: number) => realSystem(process.env, patience).run(process.execPath, ['-e', script]);

it('tells how a program ended', async () => {
  expect(await node('console.log(1)')).toEqual({ status: 'ok', stdout: '1' });
  expect(await node('console.error(2); process.exitCode = 3')).toEqual({ status: 'failed', stderr: '2' });
  expect(await realSystem().run('no-such-program', [])).toEqual({ status: 'missing' });
});

it('waits neither for a program that hangs nor for the child that outlives it', async () => {
  const started = performance.now();
  const script = 'require("child_process").spawn(process.execPath, ["-e", "setTimeout(() => {}, 4000)"], { stdio: "inherit" })';
  expect(await node(script, 500)).toEqual({ status: 'slow' });
  expect(performance.now() - started).toBeLessThan(3000);
});

it.skipIf(process.platform === 'win32')('takes a program that cannot be started for one that fails', async () => {
  const room = makeRoom();
  writeFileSync(join(room, 'docker'), 'no program');
  chmodSync(join(room, 'docker'), 0o644);
  expect(await realSystem({ PATH: room }).run('docker', ['info'])).toMatchObject({ stderr: expect.any(String) });
});

it('knows who listens, and its own addresses', async () => {
  const system = realSystem();
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await system.listeners()).toContainEqual(expect.objectContaining({ address: '127.0.0.1', port }));
  await new Promise((resolve) => server.close(resolve));
  expect((await system.listeners()).map((listener) => listener.port)).not.toContain(port);
  expect(system.addresses).toContain('127.0.0.1');
  expect(system.addresses).not.toContain('192.0.2.1');
});

it('has no answer for what is not there', async () => {
  const system = realSystem();
  const nowhere = join(makeRoom(), 'nowhere');
  const answers = await Promise.all([system.readText(nowhere), system.list(nowhere), system.stat(nowhere), system.realPath(nowhere), system.freeSpace(nowhere)]);
  expect(answers).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
