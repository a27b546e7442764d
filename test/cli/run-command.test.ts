import { expect, it } from 'vitest';
import { findCommand } from '../../src/cli/run-command.ts';

it.each([
  ['a command', ['doctor'], true],
  ["a command behind a package manager's --", ['--', 'doctor', 'app'], true],
  ['a folder of its name', ['./doctor'], false],
  ['a word that is not the first', ['app', 'doctor'], false],
  ['a name that every object has', ['constructor'], false],
  ['nothing', [], false],
])('%s', (_, argv, found) => {
  expect(findCommand(argv) !== undefined).toBe(found);
});
