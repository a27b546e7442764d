/** The project's own checks pass as it was emitted, run by the commands that its owner would type. */
import { expect, inject, test } from 'vitest';
import { devScript } from './stack.ts';

const stack = inject('stack');

test.each(['test', 'lint', 'typecheck'])('./docker-dev.sh %s', async (command) => {
  const { exitCode, all } = await devScript(stack, [command]);
  expect(exitCode, all).toBe(0);
}, 300_000);
