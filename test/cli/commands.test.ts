import { expect, it } from 'vitest';
import { COMMANDS, findCommand } from '../../src/cli/commands.ts';
import { helpText } from '../../src/cli/help.ts';
import { MODES } from '../../src/cli/modes.ts';

it.each([
  ['a command', ['doctor'], 'doctor', []],
  ["a command behind a package manager's --", ['--', 'doctor', 'app'], 'doctor', ['app']],
  ['a folder of its name', ['./doctor'], 'create', ['./doctor']],
  ['a word that is not the first', ['app', 'doctor'], 'create', ['app', 'doctor']],
  ['a name that every object has', ['constructor'], 'create', ['constructor']],
  ['a folder that is called as the command without a name', ['create'], 'create', ['create']],
  ['nothing', [], 'create', []],
])('%s', (_, argv, name, args) => {
  const found = findCommand(argv);
  expect({ name: found.command.name, args: found.args }).toEqual({ name, args });
});

it.each(COMMANDS.filter(({ caller }) => caller === 'person').map((command) => [command.name, command] as const))('the help of %s says what it does and all that it takes', (_, command) => {
  const help = helpText(80, command);
  const flat = help.toLowerCase().replace(/\s+/g, ' ');
  expect(flat).toContain(command.summary.toLowerCase());
  expect(help).toContain(`create-devstack ${command.usage}`);
  for (const mode of command.modes) expect(help).toContain(`--${MODES[mode].flag}`);
  for (const [name, { flag }] of Object.entries(MODES)) if (!command.modes.some((mode) => mode === name)) expect(help.replace(command.usage, '')).not.toContain(`--${flag}`);
});
