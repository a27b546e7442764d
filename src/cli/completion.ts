/** The option data as what a shell offers at Tab: flags, values, commands. */
import { RootCommand, type Command as TabCommand, type OptionHandler } from '@bomb.sh/tab';
import { UserError, type ExitCode } from '../errors.ts';
import { nearest } from '../options/nearest.ts';
import type { Option } from '../options/option.ts';
import { LIMIT_KEYS, SERVICES } from '../options/service-limits.ts';
import { COMMANDS, CREATE, type Command } from './commands.ts';
import { MODES, type Mode } from './modes.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/**
 * `create-devstack completion SHELL` prints the script that a shell sources.
 * @throws UserError where the shell is missing or unknown
 */
export function printScript(shell = ''): ExitCode {
  if (!SHELLS.some((known) => known === shell)) {
    const proposal = nearest(shell, SHELLS);
    const advice = shell !== '' && proposal !== undefined ? `Did you mean ${proposal}?` : `Give one of ${SHELLS.join(', ')}.`;
    throw new UserError([`create-devstack completion needs a shell. ${advice}`]);
  }
  build().setup('create-devstack', 'create-devstack', shell);
  return 0;
}

/** `create-devstack complete -- WORDS` is what those scripts call: prints what fits, a line each. */
export function printCompletions(args: readonly string[]): ExitCode {
  build().parse(args[0] === '--' ? args.slice(1) : [...args]);
  return 0;
}

function build(): RootCommand {
  const root = new RootCommand();
  for (const command of COMMANDS.filter(({ caller }) => caller === 'person')) addFlags(command === CREATE ? root : root.command(command.name, command.summary), command);
  root.commands.get('completion')?.argument('shell', (complete) => SHELLS.forEach((shell) => complete(shell, `the script for ${shell}`)));
  return root;
}

function addFlags(place: TabCommand, { options, modes }: Command): void {
  for (const option of options) {
    if (option.kind === 'positional') continue;
    if (option.kind === 'toggle') {
      place.option(option.flag, option.summary);
      place.option(`no-${option.flag}`, `not: ${option.summary}`);
    } else place.option(option.flag, option.summary, valuesOf(option));
  }
  for (const name of modes) {
    const mode: Mode = MODES[name];
    if (mode.placeholder !== undefined) place.option(mode.flag, mode.summary, () => {});
    else if (mode.short !== undefined) place.option(mode.flag, mode.summary, mode.short);
    else place.option(mode.flag, mode.summary);
  }
}

/** What is known of a value: the words it may be, a limit's beginning, or the port that it is by default. */
function valuesOf(option: Extract<Option, { kind: 'value' | 'list' }>): OptionHandler {
  const words = (option.schema['enum'] as readonly string[] | undefined) ?? [];
  return (complete) => {
    if (option.key === 'limit') for (const service of SERVICES) for (const key of LIMIT_KEYS) complete(`${service}.${key}=`, `limit of ${service}`);
    else if (words.length > 0) for (const word of words) complete(word, word === option.defaultText ? 'default' : '');
    else if (option.placeholder === 'PORT') complete(option.defaultText, 'default');
  };
}
