/** The journeys that the project brings itself, walked as its owner would: `./docker-dev.sh e2e`. */
import { expect, inject, test } from 'vitest';
import { devScript } from './stack.ts';

const stack = inject('stack');

test('every journey arrives', async () => {
  const { exitCode, all } = await devScript(stack, ['e2e']);
  expect(exitCode, all).toBe(0);
  expect(all).toMatch(/\d+ passed/);
}, 600_000);
