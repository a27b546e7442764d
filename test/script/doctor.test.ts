/** `docker-dev.sh doctor`: what it finds, and what it leaves alone. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, project, run } from './sandbox.ts';

const MB = 1024 * 1024;
const MODEL = `name: app
services:
  db:
    deploy:
      resources:
        limits:
          cpus: 1
          memory: "${4608 * MB}"
        reservations:
          cpus: 1
          memory: "${1792 * MB}"
    image: postgres:15
    user: 999:999
  proxy:
    image: nginx:1.27-alpine
volumes:
  postgres_data:
    name: app-postgres-data
`;

beforeEach(() => {
  answer('config', MODEL);
  writeFileSync(join(project, '.env.example'), 'COMPOSE_PROFILES=with-celery\nPOSTGRES_PASSWORD=\nPOSTGRES_USER=postgres\n');
  writeFileSync(join(project, '.env'), 'COMPOSE_PROFILES=with-celery\nPOSTGRES_PASSWORD=x\nPOSTGRES_USER=postgres\n', { mode: 0o600 });
});

const WELL: readonly [what: string, arrange: () => void][] = [
  ['a whole project', () => {}],
  ['COMPOSE_PROFILES commented out, as .env.example advises', () => writeFileSync(join(project, '.env'), '# COMPOSE_PROFILES=with-celery\nPOSTGRES_PASSWORD=x\nPOSTGRES_USER=me\n')],
  ['Docker Desktop with 4 GB', () => answer('memory', String(3900 * MB))],
];
it.each(WELL)('is content with %s', async (_what, arrange) => {
  arrange();
  const { exitCode, stdout, stderr } = await run(['doctor']);
  expect(exitCode, stdout + stderr).toBe(0);
});

const ILL: readonly [what: string, arrange: () => void, says: string][] = [
  ['an empty secret', () => writeFileSync(join(project, '.env'), 'COMPOSE_PROFILES=\nPOSTGRES_PASSWORD=\nPOSTGRES_USER=\n', { mode: 0o600 }), 'Missing in .env: POSTGRES_PASSWORD'],
  ['too little memory for what is reserved', () => answer('memory', String(1024 * MB)), 'need 1792 MB, Docker has 1024 MB'],
  ["a full disk, that of Docker's machine", () => answer('free', 'Filesystem 1024-blocks Used Available\noverlay 1 1 500000 1% /\n'), 'Only 488 MB are free'],
  ['an nginx that does not look up anew', () => answer('nginx-version', 'nginx version: nginx/1.27.2\n'), 'NGINX_IMAGE'],
  ['migrations that are not applied', () => answer('migration-state', 'Not applied to the database: backend/apps/a/migrations/0002_b.py. Apply it: ./docker-dev.sh migrate\n'), '0002_b.py. Apply it: ./docker-dev.sh migrate'],
  ['an image whose user has another number', () => answer('postgres-user', '70\n'), 'the user postgres is 70'],
];
it.each(ILL)('sees %s', async (_what, arrange, says) => {
  arrange();
  const { exitCode, stdout, stderr } = await run(['doctor']);
  expect(stdout + stderr).toContain(says);
  expect(exitCode).toBe(1);
});

describe('doctor --json', () => {
  interface Report {
    readonly faults: number;
    readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly says: string }[];
  }
  const report = async () => {
    const { exitCode, stdout } = await run(['doctor', '--json']);
    return { exitCode, ...(JSON.parse(stdout) as Report) };
  };

  it('is one document, with what each check says', async () => {
    const { exitCode, faults, checks } = await report();
    expect({ exitCode, faults, ill: checks.filter(({ ok }) => !ok) }).toEqual({ exitCode: 0, faults: 0, ill: [] });
    expect(checks.map(({ name }) => name)).toContain('The host ports are free');
    answer('memory', String(1024 * MB));
    const ill = await report();
    expect(ill).toMatchObject({ exitCode: 1, faults: 1 });
    expect(ill.checks.find(({ ok }) => !ok)).toMatchObject({ name: 'The memory of Docker suffices', says: expect.stringContaining('need 1792 MB') });
  });

  it('is one also where the rest cannot be looked at', async () => {
    rmSync(join(project, '.env'));
    const { exitCode, faults, checks } = await report();
    expect({ exitCode, faults, checks: checks.length }).toEqual({ exitCode: 1, faults: 1, checks: 2 });
    expect((await run(['doctor'])).stderr).toContain('1 of these want mending; the rest cannot be looked at before.');
    expect((await run(['doctor', '--jsn'])).exitCode).toBe(2);
  });
});
