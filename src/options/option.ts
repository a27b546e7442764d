/** What an option is: one record from which come its type, flag, question, check, help line and schema. */
import { propose } from './nearest.ts';
import type { ServiceLimits } from './service-limits.ts';

/** A text turned into a value, or one sentence that says what would be right. */
export type Parsed<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string };

export type JsonSchema = Readonly<Record<string, unknown>>;

/** How the value is asked for at a terminal; an option without it is never asked. */
export type Question =
  | { readonly kind: 'confirm'; readonly message: string }
  | { readonly kind: 'text'; readonly message: string }
  | { readonly kind: 'select'; readonly message: string; readonly choices: readonly Choice[] };

export interface Choice {
  readonly value: string;
  readonly hint: string;
}

/** What is known of the other answers when a default is worked out. */
export interface Known {
  readonly directory?: string | undefined;
}

/**
 * What an option is for.
 * `project` shapes the emitted files, `run` says what this run does around them.
 */
export type Scope = 'project' | 'run';

interface Common<Key extends string, Value> {
  readonly key: Key;
  readonly scope: Scope;
  /** One line for --help, the README's table and the JSON Schema. */
  readonly summary: string;
  /** The default in words, for people. */
  readonly defaultText: string;
  /** The value where none was given; undefined where there is none, and it must be given. */
  readonly default: (known: Known) => Value | undefined;
  readonly schema: JsonSchema;
  readonly ask?: Question;
}

/** `--flag` and `--no-flag`. */
export interface Toggle<Key extends string = string> extends Common<Key, boolean> {
  readonly kind: 'toggle';
  readonly flag: string;
}

/**
 * A toggle that adds a layer: the folders `templates/<part>/<flag>/`. All that follows from it is derived: the layers
 * chosen, the names that templates may use, the summary, the services whose limits can be set, the Compose profiles.
 */
export interface Feature<Key extends string = string, Service extends string = string> extends Toggle<Key> {
  readonly layer: true;
  /** In a few words, for the summary: what it adds. */
  readonly title: string;
  /** The Compose profile that its services are behind, turned on with it. */
  readonly profile?: string;
  /** The limits of the services that it adds, as in the architecture's table. */
  readonly services: Readonly<Record<Service, ServiceLimits>>;
}

/** `--flag VALUE`. */
export interface Single<Key extends string = string, Value = unknown> extends Common<Key, Value> {
  readonly kind: 'value';
  readonly flag: string;
  /** The placeholder in help: PORT, NAME, `default|fit`. */
  readonly placeholder: string;
  readonly parse: (text: string) => Parsed<Value>;
}

/** `--flag VALUE`, any number of times. */
export interface List<Key extends string = string, Item = unknown> extends Common<Key, readonly Item[]> {
  readonly kind: 'list';
  readonly flag: string;
  readonly placeholder: string;
  readonly parse: (text: string) => Parsed<Item>;
}

/** A bare word on the command line. */
export interface Positional<Key extends string = string> extends Common<Key, string> {
  readonly kind: 'positional';
  readonly placeholder: string;
  readonly parse: (text: string) => Parsed<string>;
}

export type Option = Toggle | Single | List | Positional;

/** The type of an option's answer. */
export type Answer<O> =
  O extends Toggle ? boolean
  : O extends Positional ? string
  : O extends List<string, infer Item> ? readonly Item[]
  : O extends Single<string, infer Value> ? Value
  : never;

export function toggle<const Key extends string>(
  option: Omit<Toggle<Key>, 'kind' | 'schema' | 'defaultText' | 'default'> & { readonly default: boolean; readonly defaultText?: string },
): Toggle<Key> {
  return {
    ...option,
    kind: 'toggle',
    default: () => option.default,
    defaultText: option.defaultText ?? (option.default ? 'yes' : 'no'),
    schema: { type: 'boolean' },
  };
}

export function feature<const Key extends string, const Service extends string = never>(
  option: Pick<Feature<Key>, 'key' | 'flag' | 'summary' | 'title' | 'profile' | 'ask'> & { readonly services?: Readonly<Record<Service, ServiceLimits>> },
): Feature<Key, Service> {
  const services = option.services ?? ({} as Readonly<Record<Service, ServiceLimits>>);
  return { ...toggle({ ...option, scope: 'project', default: false }), layer: true, title: option.title, services };
}

export function choice<const Key extends string, const Value extends string>(
  option: Omit<Single<Key, Value>, 'kind' | 'schema' | 'defaultText' | 'default' | 'parse' | 'placeholder'> & {
    readonly values: readonly Value[];
    readonly default: NoInfer<Value>;
  },
): Single<Key, Value> {
  const { values, default: standard, ...rest } = option;
  return {
    ...rest,
    kind: 'value',
    placeholder: values.join('|'),
    default: () => standard,
    defaultText: standard,
    schema: { enum: values },
    parse: (text) => {
      const value = values.find((candidate) => candidate === text);
      return value === undefined ? { ok: false, problem: `must be one of ${values.join(', ')}${propose(text, values)}` } : { ok: true, value };
    },
  };
}
