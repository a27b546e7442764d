/** The flags in; what npm kept, the configuration file, the questions and the defaults added; checked options out. */
import { parseConfig } from './config.ts';
import type { ParsedFlags } from './flag-collector.ts';
import { explainOverruled, mergeAnswers, NO_ANSWERS, type PartialAnswers } from './partial-answers.ts';
import type { Modes } from './modes.ts';
import { explainNpmFlags, type NpmFlags } from './npm-flags.ts';
import { createReport } from './report.ts';
import { explainClash, applyDefaults, type WithDefaults } from './apply-defaults.ts';
import { findDriver, isTerminal } from './terminal.ts';
import { UserError } from '../errors.ts';
import { measureHost } from '../io/facts.ts';
import { readText } from '../io/read-text.ts';
import { resolve, type Options } from '../options/resolve.ts';
import type { Host } from '../options/service-limits.ts';

export interface GatheredAnswers extends Pick<WithDefaults, 'answers' | 'assumed'> {
  readonly options: Options;
  readonly host: Host;
  /** Whether a person was asked, and so has seen the summary. */
  readonly asked: boolean;
  /** The variable that kept the questions from being asked at a terminal. */
  readonly driver: string | undefined;
  /** Flags that npm kept for itself and that were taken all the same. */
  readonly npmFlags: readonly string[];
  /** One sentence for each answer of --config that a flag replaced. */
  readonly overruled: readonly string[];
}

/** @throws UserError with every fault at once */
export async function gatherAnswers({ partial: flags, words, faults: flagFaults }: ParsedFlags, modes: Modes, npmFlags: NpmFlags): Promise<GatheredAnswers> {
  const kept = explainNpmFlags(npmFlags, words);
  if (kept.length > 0) throw new UserError(kept);
  const config = modes.config === undefined ? { partial: NO_ANSWERS, faults: [] } : await readConfig(modes.config, modes);
  const typed = mergeAnswers(flags, npmFlags.partial);
  const partial = mergeAnswers(typed, config.partial);
  const faults = [...flagFaults, ...config.faults];
  const host = measureHost();
  const mayAsk = faults.length === 0 && !modes.yes && !modes.json && isTerminal(process);
  const driver = mayAsk ? findDriver(process.env) : undefined;
  const asked = mayAsk && driver === undefined;
  const complete = asked ? await askFor(partial, host) : partial;
  const { answers, assumed, faults: missing } = applyDefaults(complete);
  const { options, clashes } = resolve(answers, host);
  const all = [...faults, ...missing, ...clashes.map((clash) => explainClash(clash, complete.sources))];
  if (all.length > 0) throw new UserError(all);
  return { options, answers, assumed, host, asked, driver, npmFlags: npmFlags.accepted, overruled: explainOverruled(typed, config.partial) };
}

async function readConfig(source: string, { json }: Pick<Modes, 'json'>) {
  const say = (sentence: string) => createReport(json).notes([sentence]);
  return parseConfig(await readText(source, say), source === '-' ? 'standard input' : source);
}

async function askFor(partial: PartialAnswers, host: Host): Promise<PartialAnswers> {
  const [{ ask }, { findListeners }, { refuseTarget }] = await Promise.all([import('./ask.ts'), import('../io/listening-ports.ts'), import('../io/create-project.ts')]);
  const refuse = (directory: string) => refuseTarget(directory, partial.answers.onConflict ?? 'fail');
  const directory = partial.answers.directory ?? partial.answers.name;
  const refusal = directory === undefined ? undefined : refuse(directory);
  if (refusal !== undefined) throw new UserError([refusal], 3); // before, not after, all the questions
  return ask(partial, { host, listeners: findListeners(), refuseTarget: refuse });
}
