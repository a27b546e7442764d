/** What programs read is what docs/output.schema.json of the project says, and nothing beside it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { beforeEach, expect, it } from 'vitest';
import { answer, compose, facts, project, run } from './sandbox.ts';

const SCHEMA = JSON.parse(readFileSync(new URL('../../templates/compose/base/docs/output.schema.json', import.meta.url), 'utf8')) as { readonly oneOf: readonly { readonly $ref: string }[] };

beforeEach(async () => {
  writeFileSync(join(project, '.env'), 'COMPOSE_PROJECT_NAME=app\nPOSTGRES_USER=postgres\nPOSTGRES_DB=backend_db\n');
  answer('config', compose({ proxy: 18_999, db: 18_998 }));
  answer('states', 'db\trunning\tUp 2 seconds (healthy)\td1\nproxy\texited\tExited (1) 2 seconds ago\tp1\n');
  answer('facts', facts('d1', 1, ['127.0.0.1>18998>5432/tcp']));
  answer('snapshots', 'one\t7340032\t2026-11-24T10:00:00Z\n');
  await execa('git', ['init', '--quiet'], { cwd: project });
});

const COMMANDS = [
  ['status', '--json', 'status'],
  ['urls', '--json', 'urls'],
  ['doctor', '--json', 'doctor'],
  ['snapshot', 'list --json', 'snapshots'],
  ['worktree', 'list --json', 'checkouts'],
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

it('describes nothing but these', () => {
  expect(SCHEMA.oneOf.map(({ $ref }) => $ref)).toEqual(COMMANDS.map(([, , name]) => `#/$defs/${name}`));
});
