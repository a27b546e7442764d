/** The command line in, partial answers out: parsed values with the source of each, and every fault. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { nearest } from '../options/nearest.ts';
import { CREATE, type Command } from './commands.ts';
import { FlagCollector, flagsOf, type ParsedFlags, type Token } from './flag-collector.ts';
import { MODES, type Mode } from './modes.ts';

/** @param argv the words behind the command's name */
export function parseFlags(argv: readonly string[], command: Command = CREATE): ParsedFlags {
  const { tokens } = parseArgs({ args: dropSeparator(argv), options: configFor(command), strict: false, allowPositionals: true, tokens: true });
  const collector = new FlagCollector(command);
  const words = tokens.filter((token) => !isValueOfMisspelt(token, tokens, command));
  for (const token of words) {
    if (token.kind === 'positional') collector.positional(token.value);
    if (token.kind === 'option') collector.flag(token);
  }
  return collector.result();
}

/**
 * npm needs `--` in front of our flags and keeps it; pnpm, Yarn 4 and Bun hand it on, and who is used to npm types it there
 * too. So it separates nothing here: a directory whose name begins with a dash is given as `./-name`.
 */
function dropSeparator(argv: readonly string[]): string[] {
  const at = argv.indexOf('--');
  return at === -1 ? [...argv] : argv.toSpliced(at, 1);
}

function configFor({ options, modes }: Command): ParseArgsConfig['options'] {
  return Object.fromEntries([
    ...options.flatMap((option) => {
      if (option.kind === 'positional') return [];
      if (option.kind === 'toggle') return [[option.flag, { type: 'boolean' }], [`no-${option.flag}`, { type: 'boolean' }]];
      return [[option.flag, { type: 'string', multiple: option.kind === 'list' }]];
    }),
    ...modes.map((name): readonly [string, object] => {
      const mode: Mode = MODES[name];
      return [mode.flag, { type: mode.placeholder === undefined ? 'boolean' : 'string', ...(mode.short === undefined ? {} : { short: mode.short }) }];
    }),
  ]);
}

/** `--proxyport 8080`: Node takes an unknown flag for a switch, and so what was meant as its value for a word of its own. */
function isValueOfMisspelt(token: Token, tokens: readonly Token[], command: Command): boolean {
  const before = tokens.find(({ index }) => index === token.index - 1);
  if (token.kind !== 'positional' || before?.kind !== 'option' || before.value !== undefined) return false;
  const { options, modes } = command;
  const flags = flagsOf(command);
  const meant = flags.includes(before.rawName) ? undefined : nearest(before.rawName, flags)?.slice(2);
  const option = options.find((one) => 'parse' in one && one.kind !== 'positional' && one.flag === meant);
  if (option !== undefined && 'parse' in option) return option.parse(token.value).ok;
  return modes.some((name) => MODES[name].flag === meant && 'placeholder' in MODES[name]);
}
