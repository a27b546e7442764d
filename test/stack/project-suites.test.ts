/** The project's own checks pass as it was emitted, run by the commands that its CI runs, its owner would type, and AGENTS.md names. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { beforeAll, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { BARS } from './architecture.ts';
import { keep } from './measured.ts';
import { barHere } from './slowness.ts';
import { devScript, docker, exec } from './stack.ts';
import { timed } from './until.ts';

const stack = inject('stack');

interface Workflow {
  readonly jobs: { readonly stack: { readonly steps: readonly { readonly run?: string; readonly if?: string }[] } };
}

/** In the order of the emitted workflow; `start` has happened, and what only a failure runs is left out. */
function stepsOfWorkflow(): readonly string[] {
  const { jobs } = parse(readFileSync(join(stack.folder, '.github/workflows/ci.yml'), 'utf8')) as Workflow;
  return jobs.stack.steps.flatMap((step) => (step.run === undefined || step.if !== undefined ? [] : step.run)).filter((line) => line !== './docker-dev.sh start');
}

/** A word in capitals is a blank: that there is such a command is all that can be tried of these. */
function commandsForAgents(): readonly string[] {
  const named = [...readFileSync(join(stack.folder, 'AGENTS.md'), 'utf8').matchAll(/`(\.\/docker-dev\.sh [^`]+)`/g)].map(([, line = '']) => line);
  return named.map((line) => (/ [A-Z]+$/.test(line) ? `./docker-dev.sh help ${line.split(' ')[1]}` : line));
}

// Cache, broker, results and what an optional part has: the four databases of the project, none of which its tests may empty.
const KEY = 'developers-own';
const redis = (database: number, ...command: string[]) => exec(stack, 'redis', 'redis-cli', '-n', String(database), ...command);

beforeAll(async () => {
  for (const database of [0, 1, 2, 3]) expect(await redis(database, 'set', KEY, 'kept')).toBe('OK');
});

/** Which take minutes: first-day.test.ts runs them for these features, by `check`; other files for all other sets. */
const IN_CHECK = ['test', 'lint', 'typecheck'].map((command) => `./docker-dev.sh ${command}`);

test.each([...new Set([
  ...[...stepsOfWorkflow(), ...commandsForAgents()].filter((line) => !IN_CHECK.includes(line)),
  // One file cannot cover everything, and is not asked to.
  './docker-dev.sh test backend tests/core/test_env.py',
])])('%s', async (line) => {
  const { exitCode, all } = await devScript(stack, line.split(' ').slice(1));
  // What went wrong in the files before is told by 1.
  expect(line.includes(' errors ') ? [0, 1] : [0], all).toContain(exitCode);
});

test('the tests of the backend without any service pass where there is none, in seconds', async () => {
  const secrets = ['DJANGO_SECRET_KEY', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD'].flatMap((name) => ['--env', `${name}=${name}-${'0123456789'.repeat(5)}`]);
  const run = ['run', '--rm', '--network', 'none', ...secrets, '--volume', `${stack.folder}/backend:/app`, '--entrypoint', 'pytest', `${stack.name}-backend-dev`];
  const [, seconds] = /\d{3} passed, \d+ skipped in ([\d.]+)s/.exec(await docker(...run, '--fast', '-q', '-p', 'no:cacheprovider')) ?? [];
  keep('tests of the backend without any service, s', Number(seconds), BARS.fastTestsSeconds);
  expect(Number(seconds)).toBeLessThanOrEqual(barHere(BARS.fastTestsSeconds));
});

/** Over what the tool itself says that it took. */
test.each([
  { line: 'test backend tests/core/test_env.py', own: /in ([\d.]+)(m?)s/ },
  { line: 'test frontend src/shared/session/return-address.test.ts', own: /Duration +([\d.]+)(m?)s/ },
])('$line: the script adds little', async ({ line, own }) => {
  const { seconds, value } = await timed(() => devScript(stack, line.split(' ')));
  const [, amount, milli] = own.exec(stripVTControlCharacters(value.all)) ?? [];
  const added = seconds - Number(amount) / (milli ? 1000 : 1);
  keep(`added by the script to "${line}", s`, added, BARS.addedByScriptSeconds);
  expect(added, value.all).toBeLessThanOrEqual(barHere(BARS.addedByScriptSeconds));
});

test.each([0, 1, 2, 3])('what a developer has in database %i of Redis outlives the tests of the backend', async (database) => {
  expect(await redis(database, 'get', KEY)).toBe('kept');
  await redis(database, 'del', KEY);
});
