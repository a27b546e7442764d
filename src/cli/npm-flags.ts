/**
 * Flags that npm kept for itself: `npm create devstack app --celery` without `--` hands us `app` alone and leaves
 * `npm_config_celery=true`. What is certain is taken; what npm tore apart is told, with the command that works.
 */
import { OPTIONS, type Key } from '../options/index.ts';
import type { Option, Parsed } from '../options/option.ts';
import type { Given } from './given.ts';
import { NOTHING } from './given.ts';

export interface Swallowed {
  readonly given: Given;
  /** The flags that were taken, as they should have been written behind `--`. */
  readonly taken: readonly string[];
  /** The flags whose values npm handed on as bare words, so that nobody knows which is whose. */
  readonly torn: readonly string[];
}

/**
 * @param env npm sets `npm_command`, and `npm_config_*` for each flag it read; `npm_config_yes` is npm's own and never trusted
 */
export function findSwallowed(env: Readonly<NodeJS.ProcessEnv>): Swallowed {
  if (env['npm_command'] !== 'exec' && env['npm_command'] !== 'init') return { given: NOTHING, taken: [], torn: [] };
  const found = OPTIONS.flatMap((option) => (option.kind === 'positional' ? [] : look(option, env)));
  const certain = found.flatMap(({ option, parsed, flag }) => (parsed?.ok === true ? [{ key: option.key as Key, value: parsed.value, flag }] : []));
  return {
    given: {
      answers: Object.fromEntries(certain.map(({ key, value }) => [key, value])),
      places: Object.fromEntries(certain.map(({ key, flag }) => [key, `${flag}, which npm kept`])),
    },
    taken: certain.map(({ flag }) => flag),
    torn: found.filter(({ parsed }) => parsed?.ok !== true).map(({ flag }) => flag),
  };
}

interface Found {
  readonly option: Exclude<Option, { kind: 'positional' }>;
  /** Undefined where npm left no value. */
  readonly parsed: Parsed<unknown> | undefined;
  readonly flag: string;
}

function look(option: Found['option'], env: Readonly<NodeJS.ProcessEnv>): readonly Found[] {
  const text = env[`npm_config_${option.flag.replaceAll('-', '_')}`];
  if (text === undefined) return [];
  if (option.kind === 'toggle') {
    // npm has a setting `git` of its own, the program's path; only a toggle is true or false.
    if (text !== 'true' && text !== 'false') return [];
    const value = text === 'true';
    return [{ option, parsed: { ok: true, value }, flag: `--${value ? '' : 'no-'}${option.flag}` }];
  }
  const values = text.split('\n').filter((line) => line !== '');
  // `--proxy-port 8080` becomes `true` and a bare word; `--proxy-port=8080` keeps its value.
  if (values.length === 0 || values.includes('true')) return [{ option, parsed: undefined, flag: `--${option.flag} ${option.placeholder}` }];
  return [{ option, parsed: parseAll(option, values), flag: values.map((value) => `--${option.flag} ${value}`).join(' ') }];
}

function parseAll(option: Extract<Option, { kind: 'value' | 'list' }>, values: readonly string[]): Parsed<unknown> {
  const parsed: readonly Parsed<unknown>[] = values.map((value) => option.parse(value));
  const wrong = parsed.find((one) => !one.ok);
  if (wrong !== undefined) return wrong;
  const items = parsed.flatMap((one) => (one.ok ? [one.value] : []));
  return { ok: true, value: option.kind === 'list' ? items : items.at(-1) };
}

/** One sentence with the exact command to type. */
export function explainTorn({ taken, torn }: Pick<Swallowed, 'taken' | 'torn'>, words: readonly string[]): string {
  const [directory = 'my-app', ...rest] = words;
  const command = ['npm create devstack@latest --', directory, ...taken, ...torn.map((flag) => fill(flag, torn.length === 1 ? rest : []))].join(' ');
  return `npm kept flags for itself (${torn.map((flag) => flag.split(' ')[0]).join(', ')}) and tore their values off. Type -- in front of them: ${command}`;
}

/** With one flag torn, the bare words behind the directory can only be its values. */
function fill(flag: string, words: readonly string[]): string {
  const name = flag.split(' ')[0] ?? '';
  return words.length === 0 ? flag : words.map((word) => `${name} ${word}`).join(' ');
}
