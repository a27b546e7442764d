import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ENV, makeRoom, run } from './run.ts';

it('says what is wrong with a project and how to mend it, without Docker too', async () => {
  const room = makeRoom();
  await run(['app', '--no-git'], room);
  writeFileSync(join(room, 'app/docker-dev.sh'), '#!/usr/bin/env bash\r\n');
  const { code, stdout, stderr } = await run(['doctor', 'app'], room, { env: { ...ENV, PATH: room } });
  expect({ code, stderr }).toEqual({ code: 3, stderr: '' });
  expect(stdout).toMatch(/Docker/);
  expect(stdout).toContain('docker-dev.sh');
});

it('--json is one document', async () => {
  const room = makeRoom();
  const { code, stdout } = await run(['doctor', '--json'], room, { env: { ...ENV, PATH: room } });
  expect(code).toBe(3);
  expect(JSON.parse(stdout)).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ id: 'docker-missing' })]) });
});

it.each([
  [['--jsn'], '--jsn is no flag of create-devstack doctor.'],
  [['a', 'b'], '"b" is one word too many'],
])('%j is refused', async (args, message) => {
  const { code, stderr } = await run(['doctor', ...args], makeRoom());
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
});
