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
  [['--jsn'], '--jsn is no flag of create-devstack doctor. Did you mean --json?'],
  [['--celery'], '--celery is no flag of create-devstack doctor. See create-devstack doctor --help.'],
  [['--json=yes'], '--json takes no value, but "yes" was given. Write --json alone.'],
  [['a', 'b'], '"b" is one word too many: one directory is taken. Quote a path that has spaces.'],
])('%j is refused', async (args, message) => {
  const { code, stdout, stderr } = await run(['doctor', ...args], makeRoom());
  expect({ code, stderr }).toEqual({ code: 2, stderr: `error ${message}` });
  if (!args.includes('--json=yes')) expect(stdout).toBe('');
});

it.each([[['--json', '--jsn']], [['--jsn', '--json']], [['--json=yes']], [['a', '--json', 'b']]])('%j is refused with a document', async (args) => {
  const { code, stdout, stderr } = await run(['doctor', ...args], makeRoom());
  expect(code).toBe(2);
  const { faults, ...rest } = JSON.parse(stdout) as { faults: string[] };
  expect(rest).toEqual({ schemaVersion: 1, outcome: 'refused', exitCode: 2 });
  expect(stderr).toBe(`error ${faults[0]}`);
});

it.each(['--help', '-h'])('%s says what it does and takes', async (flag) => {
  const { code, stdout, stderr } = await run(['doctor', flag], makeRoom());
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Usage: create-devstack doctor [directory] [--json]');
  expect(stdout).toContain('--json\n');
  expect(stdout).toContain('3 with findings');
  expect(stdout).not.toContain('--celery');
});
