/** A project made again over an older volume, and a checkout beside another: seen before anything starts, advised without harm. */
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, fake, project, root, run, states } from './sandbox.ts';

const digest = (password: string) => createHash('sha256').update(`database password of the volume app-postgres-data\n${password}\n`).digest('hex');
const MODEL = `name: app\nservices:\n  db:\n    environment:\n      POSTGRES_PASSWORD: new\n    image: db\nvolumes:\n  postgres_data:\n    name: app-postgres-data\n`;
const MADE = '2026-11-01T10:00:00Z';
const started = () => calls().filter((call) => / up /.test(call));

beforeEach(() => {
  writeFileSync(join(project, '.env'), 'POSTGRES_PASSWORD=new\n');
  answer('config', MODEL);
  answer('states', states('healthy').split('\n')[0]! + '\n');
  answer('volume', `${MADE}\n`);
});

it('with the password that is noted starts, and asks nobody', async () => {
  answer('note', `${project}\t${digest('new')}\t${MADE}\n`);
  expect((await run(['start'])).exitCode).toBe(0);
  expect(calls().filter((call) => /psql|volume create/.test(call))).toEqual([]);
});

it('with another password is told before anything starts, with its age and both ways on', async () => {
  answer('note', `${project}\t${digest('old')}\t${MADE}\n`);
  const { exitCode, stderr } = await run(['start']);
  expect(stderr).toContain('The volume app-postgres-data (made 2026-11-01T10:00:00Z)');
  expect(exitCode).toBe(1);
  expect(started()).toEqual([]);
  for (const line of [['db-password'], ['reset', '--yes-delete=app']]) {
    expect(stderr).toContain(`./docker-dev.sh ${line[0]}`);
    expect((await run(line)).exitCode).toBe(0);
  }
});

it('with another password is told by doctor, too, which changes nothing', async () => {
  writeFileSync(join(project, '.env.example'), 'POSTGRES_PASSWORD=\n');
  chmodSync(join(project, '.env'), 0o600);
  answer('note', `${project}\t${digest('old')}\t${MADE}\n`);
  const { exitCode, stdout, stderr } = await run(['doctor']);
  expect(stdout + stderr).toContain('The database has the password of .env: no');
  expect(stdout + stderr).toContain('./docker-dev.sh db-password');
  expect(exitCode).toBe(1);
  expect(calls().filter((call) => /ALTER|volume create| up /.test(call))).toEqual([]);
});

it('is noted after a start that was well, with its checkout, and without the password', async () => {
  expect((await run(['start'])).exitCode).toBe(0);
  const noted = calls().find((call) => call.startsWith('volume create'))!;
  expect(noted).toContain(`devstack.folder=${project}`);
  expect(noted).toContain(`devstack.password-digest=${digest('new')}`);
});

it('of the same name that was made since is not judged by what was noted of the former one', async () => {
  answer('note', `${project}\t${digest('old')}\t2026-10-01T10:00:00Z\n`);
  expect((await run(['start'])).exitCode).toBe(0);
  expect(calls().some((call) => call.includes('psql -h 127.0.0.1'))).toBe(true);
});

it('that is not there is neither noted nor asked', async () => {
  rmSync(join(fake, 'answers/volume'));
  expect((await run(['start'])).exitCode).toBe(0);
  expect(calls().filter((call) => /psql|volume create/.test(call))).toEqual([]);
});

it('of which nothing is noted is asked by a login', async () => {
  answer('fail-at', 'psql -h 127.0.0.1');
  answer('fail-words', 'FATAL:  password authentication failed for user "postgres"');
  const { exitCode, stderr } = await run(['start']);
  expect(stderr).toContain('has another password than .env');
  expect(exitCode).toBe(1);
  expect(calls()).not.toContain('compose --progress plain up --detach');
});

describe('a new password', () => {
  beforeEach(() => answer('note', `${project}\t${digest('new')}\t${MADE}\n`));

  it('is written, given to the database, noted, and in no argument list', async () => {
    const { exitCode, stdout } = await run(['db-password', '--new']);
    expect(exitCode, stdout).toBe(0);
    const secret = /^POSTGRES_PASSWORD=([0-9a-f]{64})$/m.exec(readFileSync(join(project, '.env'), 'utf8'))![1]!;
    expect(calls().join('\n')).not.toContain(secret);
    expect(stdout).not.toContain(secret);
    const order = [/volume create .*digest=\w+\+ /, /psql .*role=/, /volume create .*digest=\w+ app/, /up --detach$/].map((step) => calls().findIndex((call) => step.test(call)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order[0]).toBeGreaterThan(0);
  });

  it('whose change was interrupted is brought to its end by the next start', async () => {
    answer('note', `${project}\t${digest('old')}+\t${MADE}\n`);
    expect((await run(['start'])).exitCode).toBe(0);
    const order = [/psql .*role=/, /volume create .*digest=\w+ app/, /up --detach$/].map((step) => calls().findIndex((call) => step.test(call)));
    expect(order[0]).toBeGreaterThan(0);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
  });

  it('is not begun where that cannot be noted', async () => {
    answer('fail-at', 'volume create');
    expect((await run(['db-password', '--new'])).exitCode).toBe(1);
    expect(readFileSync(join(project, '.env'), 'utf8')).toBe('POSTGRES_PASSWORD=new\n');
  });
});

describe('of another checkout that is still there', () => {
  beforeEach(() => {
    mkdirSync(join(root, 'first'));
    writeFileSync(join(root, 'first/docker-compose.yml'), '');
    answer('note', `${join(root, 'first')}\t${digest('old')}\t${MADE}\n`);
  });

  it.each([['start'], ['db-password'], ['reset', '--yes-delete=app'], ['restart'], ['add', 'backend', 'x']])('%s %s changes nothing, and advises nothing that would', async (...line) => {
    const { exitCode, stderr } = await run(line);
    expect(stderr).toContain(`holds the data of another checkout of app: ${join(root, 'first')}`);
    expect(stderr).toContain('COMPOSE_PROJECT_NAME=app-2');
    expect(stderr).not.toMatch(/db-password|reset/);
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => /\b(up|down|exec|stop|volume (create|rm))\b/.test(call))).toEqual([]);
  });
});
