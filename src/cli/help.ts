/** The option data as the text of --help, and as the table of the README. */
import { OPTIONS } from '../options/index.ts';
import type { Option } from '../options/option.ts';
import { COMMANDS } from './commands.ts';
import { MODES } from './modes.ts';

const NARROWEST = 60;
const WIDEST = 100;

interface Row {
  readonly flag: string;
  readonly summary: string;
  readonly fallback: string;
}

const ROWS: readonly Row[] = [
  ...OPTIONS.map((option) => ({ flag: flagText(option), summary: option.summary, fallback: option.fallbackText })),
  ...Object.values(MODES).map((mode) => ({ flag: modeText(mode), summary: mode.summary, fallback: '' })),
];

/** @param columns the terminal's width */
export function helpText(columns: number): string {
  const width = Math.min(WIDEST, Math.max(NARROWEST, columns));
  const indent = 4;
  const lines = ROWS.flatMap(({ flag, summary, fallback }) => {
    const text = fallback === '' ? summary : `${summary} (default: ${fallback})`;
    return [`  ${flag}`, ...wrap(text, width - indent).map((line) => ' '.repeat(indent) + line)];
  });
  return [
    'Create a Django + React repository that runs healthy under Docker Compose with one command.',
    '',
    'Usage: npm create devstack@latest [directory] -- [flags]',
    '       create-devstack [directory] [flags]',
    ...COMMANDS.filter(({ hidden }) => hidden !== true).map(({ name, usage }) => `       create-devstack ${name} ${usage}`),
    '',
    'Flags:',
    ...lines,
    '',
    'Exit codes: 0 done, 1 a fault of ours, 2 wrong usage or input, 3 the target is in conflict,',
    '            4 a tool is missing, 130 and 143 interrupted.',
    '',
  ].join('\n');
}

/** The same rows as a Markdown table. */
export function readmeTable(): string {
  const rows = ROWS.map(({ flag, summary, fallback }) => `| \`${flag}\` | ${escape(summary)} | ${escape(fallback)} |`);
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

function escape(text: string): string {
  return text.replaceAll('|', '\\|');
}
