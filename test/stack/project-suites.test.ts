/** The project's own checks pass as it was emitted, run by the commands that its CI runs and its owner would type. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { devScript } from './stack.ts';

const stack = inject('stack');

interface Workflow {
  readonly jobs: { readonly stack: { readonly steps: readonly { readonly run?: string; readonly if?: string }[] } };
}

/** In the order of the emitted workflow; `start` has happened, and what only a failure runs is left out. */
function stepsOfWorkflow(): readonly string[] {
  const { jobs } = parse(readFileSync(join(stack.folder, '.github/workflows/ci.yml'), 'utf8')) as Workflow;
  return jobs.stack.steps.flatMap((step) => (step.run === undefined || step.if !== undefined ? [] : step.run)).filter((line) => line !== './docker-dev.sh start');
}

test.each([
  ...stepsOfWorkflow(),
  // SQLite and local memory; without a service, and in seconds.
  './docker-dev.sh test backend --fast',
  // One file cannot cover everything, and is not asked to.
  './docker-dev.sh test backend tests/core/test_env.py',
])('%s', async (line) => {
  const { exitCode, all } = await devScript(stack, line.split(' ').slice(1));
  expect(exitCode, all).toBe(0);
}, 300_000);
