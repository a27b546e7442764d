/** What programs read is what docs/output.schema.json of the project says, and nothing beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, compose, facts, project, run, states } from './sandbox.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('../../templates/compose/base/docs/output.schema.json', import.meta.url), 'utf8')) as { readonly oneOf: readonly { readonly $ref: string }[] };

beforeEach(async () => {
  writeFileSync(join(project, '.env'), 'COMPOSE_PROJECT_NAME=app\nPOSTGRES_USER=postgres\nPOSTGRES_DB=backend_db\n');
  answer('config', compose({ proxy: 18_999, db: 18_998 }));
  answer('states', 'db\trunning\tUp 2 seconds (healthy)\td1\nproxy\texited\tExited (1) 2 seconds ago\tp1\n');
  answer('facts', facts('d1', 1, ['127.0.0.1>18998>5432/tcp']));
  answer('snapshots', 'one\t7340032\t2026-11-24T10:00:00Z\n');
  answer('service-logs', 'app-db  | 2026-11-28T01:09:27.465301941Z 2026-11-28 01:09:27.464 UTC [315] ERROR:  division by zero\n');
  await execa('git', ['init', '--quiet'], { cwd: project });
});

const COMMANDS = [
  ['status', '--json', 'status'],
  ['urls', '--json', 'urls'],
  ['doctor', '--json', 'doctor'],
  ['snapshot', 'list --json', 'snapshots'],
  ['worktree', 'list --json', 'checkouts'],
  ['errors', '--json', 'errors'],
  ['test', '--json', 'checks'],
  ['lint', '--json', 'checks'],
  ['typecheck', 'backend --json', 'checks'],
] as const;

it.each(COMMANDS)('%s %s', async (command, rest, name) => {
  const { stdout } = await run([command, ...rest.split(' ')]);
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addSchema(SCHEMA, 'output');
  const document = JSON.parse(stdout) as unknown;
  for (const part of [`output#/$defs/${name}`, 'output']) {
    ajv.validate({ $ref: part }, document);
    expect(ajv.errors ?? []).toEqual([]);
  }
  expect(Object.values(document as object).find(Array.isArray)?.length).toBeGreaterThan(0);
});

it('a service whose last check failed has a state that the schema knows', async () => {
  answer('facts', facts('d1', 1, [], 1));
  const document = JSON.parse((await run(['status', '--json'])).stdout) as unknown;
  const ajv = new Ajv2020({ allowUnionTypes: true });
  ajv.addSchema(SCHEMA, 'output');
  ajv.validate({ $ref: 'output#/$defs/status' }, document);
  expect(ajv.errors ?? []).toEqual([]);
  expect(JSON.stringify(document)).toContain('"state":"failing"');
});

describe('start --json', () => {
  const events = (stdout: string) => {
    const ajv = new Ajv2020({ allowUnionTypes: true });
    ajv.addSchema(SCHEMA, 'output');
    return stdout.split('\n').map((line) => {
      const event = JSON.parse(line) as Record<string, unknown>;
      ajv.validate({ $ref: 'output#/$defs/start' }, event);
      expect(ajv.errors ?? []).toEqual([]);
      return event;
    });
  };

  it('tells each state as it comes, and ends with ready and the addresses', async () => {
    answer('states', states('starting', 'Up 1 second (health: starting)'));
    answer('states-after', 'db\trunning\tUp 2 seconds (healthy)\td1\tapp-db\nproxy\trunning\tUp 2 seconds (healthy)\tp1\tapp-proxy\n');
    answer('facts', facts('d1') + facts('p1', 0, ['127.0.0.1>18999>80/tcp']));
    answer('up-seconds', '0.3');
    const { stdout, stderr, exitCode } = await run(['start', '--json']);
    expect(exitCode, stderr).toBe(0);
    expect(stderr).toContain('Ready in');
    const told = events(stdout);
    expect(told).toContainEqual({ event: 'service', seconds: expect.any(Number), service: 'db', state: 'healthy' });
    expect(told.at(-1)).toMatchObject({ event: 'ready', project: 'app', urls: expect.arrayContaining([expect.objectContaining({ name: 'Application' })]) });
    expect(told.filter(({ event }) => event === 'ready' || event === 'failed')).toHaveLength(1);
  });

  it.each([
    ['a service that is unhealthy', () => answer('states', states('exited', 'Exited (1) 1 second ago')), 1, /is not well/],
    ['a Docker that is away', () => answer('fail-at', 'version'), 4, /./],
    ['a build', () => answer('fail-at', 'progress plain up'), 1, /could not bring the stack up/],
  ])('ends with failed where it fails by %s', async (_, breaks, code, message) => {
    breaks();
    const { stdout, exitCode } = await run(['start', '--json']);
    expect(exitCode).toBe(code);
    expect(events(stdout).at(-1)).toMatchObject({ event: 'failed', message: expect.stringMatching(message) });
  });
});

it('status --json ends with 1 where not all is well, and --quick only leaves out what is used', async () => {
  expect((await run(['status', '--quick', '--json'])).exitCode).toBe(1);
  answer('states', 'db\trunning\tUp 2 seconds (healthy)\td1\nproxy\trunning\tUp 2 seconds\tp1\n');
  const { exitCode, stdout } = await run(['status', '--quick', '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ services: [{ service: 'db', memory: { used: null } }, { service: 'proxy' }] });
});

it('describes nothing but these', () => {
  expect(SCHEMA.oneOf.map(({ $ref }) => $ref)).toEqual([...new Set([...COMMANDS.map(([, , name]) => name), 'start'].map((name) => `#/$defs/${name}`))]);
});
