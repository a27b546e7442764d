/** The tokens of a command line in, what they come to for a command out: answers with their sources, modes, words, and every fault. */
import type { parseArgs } from 'node:util';
import type { Answers, Key } from '../options/index.ts';
import { nearest } from '../options/nearest.ts';
import type { Option, Parsed } from '../options/option.ts';
import { calledAs, type Command } from './commands.ts';
import { MODES, type Mode, type ModeName, type Modes } from './modes.ts';
import type { PartialAnswers } from './partial-answers.ts';

export interface ParsedFlags {
  readonly partial: PartialAnswers;
  readonly modes: Modes;
  /** The bare words, as they came. */
  readonly words: readonly string[];
  /** One sentence for each fault. */
  readonly faults: readonly string[];
}

export type Token = NonNullable<ReturnType<typeof parseArgs>['tokens']>[number];
type OptionToken = Extract<Token, { kind: 'option' }>;

/** Takes the tokens of a command line one by one. */
export class FlagCollector {
  readonly #command: Command;
  readonly #answers: Partial<Record<Key, unknown>> = {};
  readonly #sources: Partial<Record<Key, string>> = {};
  readonly #switches = new Set<ModeName>();
  #config: string | undefined;
  readonly #faults: string[] = [];
  readonly #words: string[] = [];

  constructor(command: Command) {
    this.#command = command;
  }

  positional(text: string): void {
    const { words, options } = this.#command;
    const option = options.filter((one) => one.kind === 'positional')[this.#words.length];
    const isSurplus = this.#words.length >= words.length;
    this.#words.push(text);
    if (option !== undefined) this.#keep(option, option.placeholder, option.parse(text), text);
    else if (isSurplus) this.#faults.push(`"${text}" is one word too many: one ${words.join(' and one ')} is taken.${words.includes('directory') ? ' Quote a path that has spaces.' : ''}`);
  }

  flag(token: OptionToken): void {
    const mode = this.#command.modes.find((name) => MODES[name].flag === token.name);
    const negated = token.name.startsWith('no-') ? token.name.slice(3) : undefined;
    const option = this.#command.options.find((one) => one.kind !== 'positional' && (one.flag === token.name || (one.kind === 'toggle' && one.flag === negated)));
    if (mode === undefined && option === undefined) this.#unknown(token);
    else if (mode !== undefined) this.#mode(mode, token);
    else if (option?.kind === 'toggle') this.#toggle(option, token, option.flag === token.name);
    else if (option?.kind === 'list' || option?.kind === 'value') this.#value(option, token);
  }

  result(): ParsedFlags {
    const switches = this.#switches;
    const modes: Modes = {
      yes: switches.has('yes'),
      dryRun: switches.has('dryRun'),
      json: switches.has('json'),
      printSchema: switches.has('printSchema'),
      help: switches.has('help'),
      version: switches.has('version'),
      ...(this.#config === undefined ? {} : { config: this.#config }),
    };
    return { partial: { answers: this.#answers as Partial<Answers>, sources: this.#sources }, modes, words: this.#words, faults: this.#faults };
  }

  #mode(name: ModeName, token: OptionToken): void {
    const mode: Mode = MODES[name];
    if (mode.placeholder !== undefined) {
      if (isMissing(token) && token.value !== '-') this.#faults.push(`${token.rawName} needs a value: ${token.rawName} ${mode.placeholder}.`);
      else this.#config = token.value;
      return;
    }
    if (token.value === undefined || name === 'json') this.#switches.add(name); // whoever wants JSON wants the faults as JSON
    if (token.value !== undefined) this.#faults.push(`${token.rawName} takes no value, but "${token.value}" was given. Write ${token.rawName} alone.`);
  }

  #toggle(option: Extract<Option, { kind: 'toggle' }>, token: OptionToken, value: boolean): void {
    if (token.value !== undefined) {
      this.#faults.push(`${token.rawName} takes no value, but "${token.value}" was given. Write --${option.flag} or --no-${option.flag}.`);
      return;
    }
    const before = this.#answers[option.key as Key];
    if (before !== undefined && before !== value) this.#faults.push(`--${option.flag} and --no-${option.flag} contradict each other. Give one of them.`);
    this.#keep(option, token.rawName, { ok: true, value }, '');
  }

  #value(option: Extract<Option, { kind: 'value' | 'list' }>, token: OptionToken): void {
    if (isMissing(token)) {
      this.#faults.push(`${token.rawName} needs a value: ${token.rawName} ${option.placeholder}.`);
      return;
    }
    const text = token.value ?? '';
    const parsed: Parsed<unknown> = option.parse(text);
    const before = this.#answers[option.key as Key];
    if (option.kind === 'list' && parsed.ok) {
      this.#keep(option, token.rawName, { ok: true, value: [...((before as readonly unknown[] | undefined) ?? []), parsed.value] }, '');
    } else if (before !== undefined && parsed.ok && parsed.value !== before) {
      this.#faults.push(`${token.rawName} is given twice, as "${String(before)}" and "${text}". Give it once.`);
    } else {
      this.#keep(option, token.rawName, parsed, text);
    }
  }

  #keep(option: Pick<Option, 'key'>, place: string, parsed: Parsed<unknown>, text: string): void {
    const key = option.key as Key;
    this.#sources[key] = place;
    if (parsed.ok) this.#answers[key] = parsed.value;
    else this.#faults.push(`${place} "${text}" is not valid: ${parsed.problem}.`);
  }

  #unknown(token: OptionToken): void {
    const name = calledAs(this.#command);
    const proposal = nearest(token.rawName, flagsOf(this.#command));
    const advice = proposal === undefined ? `See ${name} --help.` : `Did you mean ${proposal}?`;
    this.#faults.push(`${token.rawName} is no flag of ${name}. ${advice}`);
  }
}

/** Node takes a following word that starts with "-" as the value; it is the next flag, and the value is missing. */
function isMissing(token: OptionToken): boolean {
  return token.value === undefined || token.value === '' || (!token.inlineValue && /^-\D/.test(token.value));
}

/** Every flag of a command as it is typed. */
export function flagsOf({ options, modes }: Command): readonly string[] {
  return [
    ...options.flatMap((option) => (option.kind === 'positional' ? [] : option.kind === 'toggle' ? [`--${option.flag}`, `--no-${option.flag}`] : [`--${option.flag}`])),
    ...modes.map((name) => `--${MODES[name].flag}`),
  ];
}
