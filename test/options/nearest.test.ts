import { expect, it } from 'vitest';
import { nearest } from '../../src/options/nearest.ts';

it.each([
  ['--celry', '--celery'],
  ['--clerey', '--celery'],
  ['--proxyport', '--proxy-port'],
  ['--prot', undefined],
  ['', undefined],
])('"%s" → %s', (word, meant) => {
  expect(nearest(word, ['--celery', '--no-celery', '--proxy-port', '--name'])).toBe(meant);
});
