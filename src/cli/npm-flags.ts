/**
 * Flags that npm kept for itself: `npm create devstack app --celery` without `--` hands us `app` alone and leaves
 * `npm_config_celery=true`. What is certain is accepted; what npm tore apart or what is misspelt is told, with the command that works.
 */
import { OPTIONS, type Key } from '../options/index.ts';
import { nearest } from '../options/nearest.ts';
import type { Option, Parsed } from '../options/option.ts';
import { NO_ANSWERS, type PartialAnswers } from './partial-answers.ts';
import { MODES, type Modes } from './modes.ts';
import { quote } from '../plan/quote.ts';

export interface NpmFlags {
  readonly partial: PartialAnswers;
  readonly modes: Partial<Modes>;
  /** The flags that are accepted, as they should have been written behind `--`. */
  readonly accepted: readonly string[];
  /** The flags whose values npm handed on as bare words, so that nobody knows which is whose. */
  readonly incomplete: readonly string[];
  /** What npm was given that is nearly one of our flags: nothing of npm's is called so. */
  readonly misspelt: readonly { readonly typed: string; readonly meant: string }[];
}

const NO_NPM_FLAGS: NpmFlags = { partial: NO_ANSWERS, modes: {}, accepted: [], incomplete: [], misspelt: [] };

/** Modes that npm may have kept: it answers --help and --version itself, and sets `yes` without being told. */
const MODES_KEPT = ['dryRun', 'json', 'printSchema'] as const;

/**
 * @param env npm sets `npm_command`, and `npm_config_*` for each flag it read; `npm_config_yes` is npm's own and never trusted
 */
export function findNpmFlags(env: Readonly<NodeJS.ProcessEnv>): NpmFlags {
  if (env['npm_command'] !== 'exec' && env['npm_command'] !== 'init') return NO_NPM_FLAGS;
  const found = OPTIONS.flatMap((option) => (option.kind === 'positional' ? [] : look(option, env)));
  const certain = found.flatMap(({ option, parsed, flag }) => (parsed?.ok === true ? [{ key: option.key as Key, value: parsed.value, flag }] : []));
  const modes = MODES_KEPT.filter((name) => env[variable(MODES[name].flag)] === 'true');
  const config = env[variable(MODES.config.flag)];
  const file = config === undefined || config === 'true' ? undefined : config;
  return {
    partial: {
      answers: Object.fromEntries(certain.map(({ key, value }) => [key, value])),
      sources: Object.fromEntries(certain.map(({ key, flag }) => [key, `${flag}, which npm kept`])),
    },
    modes: { ...Object.fromEntries(modes.map((name) => [name, true])), ...(file === undefined ? {} : { config: file }) },
    accepted: [...certain.map(({ flag }) => flag), ...modes.map((name) => `--${MODES[name].flag}`), ...(file === undefined ? [] : [`--config ${quote(file)}`])],
    incomplete: [...found.filter(({ parsed }) => parsed?.ok !== true).map(({ flag }) => flag), ...(config === 'true' ? ['--config FILE'] : [])],
    misspelt: findMisspelt(env),
  };
}

const variable = (flag: string) => `npm_config_${flag.replaceAll('-', '_')}`;

const FLAGS = [...OPTIONS.flatMap((option) => (option.kind === 'positional' ? [] : [option.flag])), ...MODES_KEPT.map((name) => MODES[name].flag), MODES.config.flag];
const TOGGLES = OPTIONS.flatMap((option) => (option.kind === 'toggle' ? [option.flag] : []));

function findMisspelt(env: Readonly<NodeJS.ProcessEnv>): NpmFlags['misspelt'] {
  return Object.entries(env).flatMap(([key, value]) => {
    const name = key.startsWith('npm_config_') ? key.slice('npm_config_'.length).replaceAll('_', '-') : undefined;
    const meant = name === undefined || FLAGS.includes(name) ? undefined : nearest(name, FLAGS, 2); // npm's own `maxsockets` is no `websockets`
    if (meant === undefined) return [];
    const no = isOff(value) && TOGGLES.includes(meant) ? 'no-' : '';
    return [{ typed: `--${no}${name}`, meant: `--${no}${meant}` }];
  });
}

/** `--no-x` leaves `false` for a setting that npm knows, and nothing for another. */
function isOff(text: string | undefined): boolean {
  return text === 'false' || text === '';
}

interface Found {
  readonly option: Exclude<Option, { kind: 'positional' }>;
  /** Undefined where npm left no value. */
  readonly parsed: Parsed<unknown> | undefined;
  readonly flag: string;
}

function look(option: Found['option'], env: Readonly<NodeJS.ProcessEnv>): readonly Found[] {
  const text = env[variable(option.flag)];
  if (text === undefined) return [];
  if (option.kind === 'toggle') {
    // npm has a setting `git` of its own, the program's path; only a toggle is true or false.
    if (text !== 'true' && !isOff(text)) return [];
    const value = text === 'true';
    return [{ option, parsed: { ok: true, value }, flag: `--${value ? '' : 'no-'}${option.flag}` }];
  }
  const values = text.split('\n').filter((line) => line !== '');
  // `--proxy-port 8080` becomes `true` and a bare word; `--proxy-port=8080` keeps its value.
  if (values.length === 0 || values.includes('true')) return [{ option, parsed: undefined, flag: `--${option.flag} ${option.placeholder}` }];
  return [{ option, parsed: parseAll(option, values), flag: values.map((value) => `--${option.flag} ${quote(value)}`).join(' ') }];
}

function parseAll(option: Extract<Option, { kind: 'value' | 'list' }>, values: readonly string[]): Parsed<unknown> {
  const parsed: readonly Parsed<unknown>[] = values.map((value) => option.parse(value));
  const wrong = parsed.find((one) => !one.ok);
  if (wrong !== undefined) return wrong;
  const items = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  return { ok: true, value: option.kind === 'list' ? items : items.at(-1) };
}

/** @returns one sentence for each flag that cannot be taken, with the exact command to type */
export function explainNpmFlags({ accepted, incomplete, misspelt }: Omit<NpmFlags, 'partial' | 'modes'>, words: readonly string[]): readonly string[] {
  const [directory = 'my-app', ...rest] = words;
  const flags = [...accepted, ...incomplete.map((flag) => fill(flag, incomplete.length === 1 ? rest : [])), ...misspelt.map(({ meant }) => meant)];
  const advice = `Type -- in front of them: ${['npm create devstack@latest --', quote(directory), ...flags].join(' ')}`;
  const kept = incomplete.map((flag) => flag.split(' ')[0]).join(', ');
  return [
    ...(incomplete.length === 0 ? [] : [`npm kept flags for itself (${kept}) and tore their values off. ${advice}`]),
    ...misspelt.map(({ typed, meant }) => `npm kept ${typed} for itself, and it is no flag of create-devstack. Did you mean ${meant}? ${advice}`),
  ];
}

/** With one flag incomplete, the bare words behind the directory can only be its values. */
function fill(flag: string, words: readonly string[]): string {
  const name = flag.split(' ')[0] ?? '';
  return words.length === 0 ? flag : words.map((word) => `${name} ${quote(word)}`).join(' ');
}
