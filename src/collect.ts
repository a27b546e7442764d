/** The flags in; what npm kept, the configuration file, the questions and the defaults added; checked options out. */
import { parseConfig } from './cli/config.ts';
import type { ParsedFlags } from './cli/flags.ts';
import { explainOverruled, mergeGiven, NOTHING, type Given } from './cli/given.ts';
import type { Modes } from './cli/modes.ts';
import { explainSwallowed, type Swallowed } from './cli/npm-flags.ts';
import { createReport } from './cli/report.ts';
import { explainClash, settle, type Settled } from './cli/settle.ts';
import { canAsk } from './cli/terminal.ts';
import { UserError } from './errors.ts';
import { measureHost } from './io/facts.ts';
import { readText } from './io/read-text.ts';
import { resolve, type Options } from './options/resolve.ts';
import type { Host } from './options/service-limits.ts';

export interface Collected extends Pick<Settled, 'answers' | 'assumed'> {
  readonly options: Options;
  readonly host: Host;
  /** Whether a person was asked, and so has seen the summary. */
  readonly asked: boolean;
  /** Flags that npm kept for itself and that were taken all the same. */
  readonly swallowed: readonly string[];
  /** One sentence for each answer of --config that a flag replaced. */
  readonly overruled: readonly string[];
}

/** @throws UserError with every fault at once */
export async function collect({ given: flags, words, faults: flagFaults }: ParsedFlags, modes: Modes, swallowed: Swallowed): Promise<Collected> {
  const kept = explainSwallowed(swallowed, words);
  if (kept.length > 0) throw new UserError(kept);
  const config = modes.config === undefined ? { given: NOTHING, faults: [] } : await readConfig(modes.config, modes);
  const typed = mergeGiven(flags, swallowed.given);
  const given = mergeGiven(typed, config.given);
  const faults = [...flagFaults, ...config.faults];
  const host = measureHost();
  const asked = faults.length === 0 && !modes.yes && !modes.json && canAsk(process, process.env);
  const complete = asked ? await askFor(given, host) : given;
  const { answers, assumed, faults: missing } = settle(complete);
  const { options, clashes } = resolve(answers, host);
  const all = [...faults, ...missing, ...clashes.map((clash) => explainClash(clash, complete.places))];
  if (all.length > 0) throw new UserError(all);
  return { options, answers, assumed, host, asked, swallowed: swallowed.taken, overruled: explainOverruled(typed, config.given) };
}

async function readConfig(source: string, { json }: Pick<Modes, 'json'>) {
  const say = (sentence: string) => createReport(json).notes([sentence]);
  return parseConfig(await readText(source, say), source === '-' ? 'standard input' : source);
}

async function askFor(given: Given, host: Host): Promise<Given> {
  const [{ ask }, { findListeners }, { refuseTarget }] = await Promise.all([import('./cli/ask.ts'), import('./io/listening-ports.ts'), import('./create.ts')]);
  const refuse = (directory: string) => refuseTarget(directory, given.answers.onConflict ?? 'fail');
  const directory = given.answers.directory ?? given.answers.name;
  const refusal = directory === undefined ? undefined : refuse(directory);
  if (refusal !== undefined) throw new UserError([refusal], 3); // before, not after, all the questions
  return ask(given, { host, listeners: findListeners(), refuseTarget: refuse });
}
