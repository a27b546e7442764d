import { expect, it } from 'vitest';
import { lacksSecret } from '../../src/io/ignore-file.ts';

it.each([
  ['', true],
  ['node_modules/\n*.log\n', true],
  ['.env.example\n', true],
  ['# .env\n', true],
  ['.env\n!.env\n', true],
  ['.env\n', false],
  ['*.log\r\n/.env\r\n', false],
  ['.env*\n!.env.example\n', false],
  ['**/.env', false],
])('%j', (text, lacking) => {
  expect(lacksSecret(text)).toBe(lacking);
});
