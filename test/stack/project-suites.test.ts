/** The project's own checks pass as it was emitted, run by the commands that its owner would type. */
import { expect, inject, test } from 'vitest';
import { devScript } from './stack.ts';

const stack = inject('stack');

test.each([
  { command: 'test' },
  { command: 'lint' },
  { command: 'typecheck' },
  // One file cannot cover everything, and is not asked to.
  { command: 'test backend tests/core/test_env.py' },
])('./docker-dev.sh $command', async ({ command }) => {
  const { exitCode, all } = await devScript(stack, command.split(' '));
  expect(exitCode, all).toBe(0);
}, 300_000);
