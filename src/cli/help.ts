/** The commands and their options as the text of --help, and as the table of the README. */
import type { Option } from '../options/option.ts';
import { COMMANDS, CREATE, type Command } from './commands.ts';
import { MODES } from './modes.ts';

const NARROWEST = 60;
const WIDEST = 100;

interface Row {
  readonly flag: string;
  readonly summary: string;
  readonly standard: string;
}

/** @param columns the terminal's width */
export function helpText(columns: number, command: Command = CREATE): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  const indent = 4;
  const lines = rowsOf(command).flatMap(({ flag, summary, standard }) => {
    const text = standard === '' ? summary : `${summary} (default: ${standard})`;
    return [`  ${flag}`, ...wrap(text, width - indent).map((line) => ' '.repeat(indent) + line)];
  });
  const usages = usagesOf(command).map((usage, index) => `${index === 0 ? 'Usage:' : '      '} ${usage}`);
  return [`${capitalise(command.summary)}.`, '', ...usages, '', 'Flags:', ...lines, '', ...command.notes.flatMap((note) => [note, ''])].join('\n');
}

/** Every way to call a command; the one that creates a project speaks for the others too. */
function usagesOf(command: Command): readonly string[] {
  if (command !== CREATE) return [`create-devstack ${command.usage}`];
  return ['npm create devstack@latest [directory] -- [flags]', ...COMMANDS.filter(({ caller }) => caller === 'person').map(({ usage }) => `create-devstack ${usage}`)];
}

function rowsOf({ options, modes }: Command): readonly Row[] {
  return [
    ...options.map((option) => ({ flag: flagText(option), summary: option.summary, standard: option.defaultText })),
    ...modes.map((name) => ({ flag: modeText(MODES[name]), summary: MODES[name].summary, standard: '' })),
  ];
}

/** The flags of creating a project as a Markdown table. */
export function readmeTable(): string {
  const rows = rowsOf(CREATE).map(({ flag, summary, standard }) => `| \`${flag}\` | ${escape(summary)} | ${escape(standard)} |`);
  return ['| flag | meaning | default |', '| --- | --- | --- |', ...rows].join('\n').replace(/`([^`]*)`/g, (code) => code.replaceAll('|', '\\|'));
}

function flagText(option: Option): string {
  if (option.kind === 'positional') return option.placeholder;
  if (option.kind === 'toggle') return `--${option.flag}, --no-${option.flag}`;
  return `--${option.flag} ${option.placeholder}`;
}

function modeText(mode: (typeof MODES)[keyof typeof MODES]): string {
  const short = 'short' in mode ? `-${mode.short}, ` : '';
  return `${short}--${mode.flag}${'placeholder' in mode ? ` ${mode.placeholder}` : ''}`;
}

function wrap(text: string, width: number): readonly string[] {
  return text.split(' ').reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    return last !== undefined && last.length + 1 + word.length <= width ? [...lines.slice(0, -1), `${last} ${word}`] : [...lines, word];
  }, []);
}

function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

function escape(text: string): string {
  return text.replaceAll('|', '\\|');
}
