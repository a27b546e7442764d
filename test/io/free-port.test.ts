import { expect, it } from 'vitest';
import { proposePort } from '../../src/io/free-port.ts';

it.each([
  [80, [], 80],
  [80, [80], 8080],
  [80, [80, 8080], 8081],
  [443, [443], 8443],
  [5432, [5432, 5433], 5434],
  [65_535, [65_535], 65_535],
])('for %i with %j taken: %i', (port, taken, free) => {
  expect(proposePort(port, new Set(taken))).toBe(free);
});
