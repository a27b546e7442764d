/** The option data as what a shell offers at Tab: flags, values, commands. */
import { RootCommand, type OptionHandler } from '@bomb.sh/tab';
import { UserError, type ExitCode } from '../errors.ts';
import { OPTIONS } from '../options/index.ts';
import { nearest } from '../options/nearest.ts';
import type { Option } from '../options/option.ts';
import { LIMIT_KEYS, SERVICES } from '../options/service-limits.ts';
import { COMMANDS } from './commands.ts';
import { MODES } from './modes.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

/**
 * `create-devstack completion SHELL` prints the script that a shell sources.
 * @throws UserError where the shell is missing or unknown
 */
export function printScript(args: readonly string[]): ExitCode {
  const [shell = ''] = args;
  if (args.length !== 1 || !SHELLS.some((known) => known === shell)) {
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
  for (const { name, summary, hidden } of COMMANDS) if (hidden !== true) root.command(name, summary);
  root.commands.get('completion')?.argument('shell', (complete) => SHELLS.forEach((shell) => complete(shell, `the script for ${shell}`)));
  for (const option of OPTIONS) {
    if (option.kind === 'positional') continue;
    if (option.kind === 'toggle') {
      root.option(option.flag, option.summary);
      root.option(`no-${option.flag}`, `not: ${option.summary}`);
    } else root.option(option.flag, option.summary, valuesOf(option));
  }
  for (const mode of Object.values(MODES)) {
    if ('placeholder' in mode) root.option(mode.flag, mode.summary, () => {});
    else if ('short' in mode) root.option(mode.flag, mode.summary, mode.short);
    else root.option(mode.flag, mode.summary);
  }
  return root;
}

/** What is known of a value: the words it may be, a limit's beginning, or the port that it is by default. */
function valuesOf(option: Extract<Option, { kind: 'value' | 'list' }>): OptionHandler {
  const words = (option.schema['enum'] as readonly string[] | undefined) ?? [];
  return (complete) => {
    if (option.key === 'limit') for (const service of SERVICES) for (const key of LIMIT_KEYS) complete(`${service}.${key}=`, `limit of ${service}`);
    else if (words.length > 0) for (const word of words) complete(word, word === option.fallbackText ? 'default' : '');
    else if (option.placeholder === 'PORT') complete(option.fallbackText, 'default');
  };
}
