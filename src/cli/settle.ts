/** What was given and the fallbacks in, a complete set of answers out, with the faults of what is missing. */
import { OPTIONS, type Answers, type Key } from '../options/index.ts';
import type { Clash } from '../options/resolve.ts';
import { checkName } from '../options/project-name.ts';
import type { Given } from './given.ts';

export interface Settled {
  /** Complete where there are no faults; else the rest of it still serves to find further faults. */
  readonly answers: Answers;
  /** The options that nobody answered, so that the run can say what it took. */
  readonly assumed: readonly Key[];
  /** One sentence for each answer that is missing, or that its fallback cannot supply. */
  readonly faults: readonly string[];
}

export function settle(given: Given): Settled {
  const answers: Partial<Record<Key, unknown>> = { ...given.answers };
  const assumed: Key[] = [];
  const faults: string[] = [];
  for (const option of OPTIONS) {
    if (answers[option.key] !== undefined) continue;
    answers[option.key] = option.fallback({ directory: given.answers.directory });
    const refused = given.places[option.key] !== undefined; // told already, where it was given
    if (refused) continue;
    if (option.key === 'directory') faults.push('A directory is needed: create-devstack my-app.');
    else if (answers[option.key] !== undefined) assumed.push(option.key);
  }
  if (assumed.includes('name')) faults.push(...derivedNameFaults(String(answers.name), given.answers.directory));
  return { answers: answers as unknown as Answers, assumed, faults };
}

/** A clash, led by where each of its values came from. */
export function explainClash({ keys, problem }: Clash, places: Given['places']): string {
  const origins = keys.map((key) => places[key] ?? `the default of --${flagOf(key)}`);
  return `${[...new Set(origins)].join(' and ')}: ${problem}.`;
}

function flagOf(key: Key): string {
  const option = OPTIONS.find((candidate) => candidate.key === key);
  return option !== undefined && option.kind !== 'positional' ? option.flag : key;
}

/** The directory may be anything; the name that is taken from it may not. */
function derivedNameFaults(name: string, directory = ''): readonly string[] {
  const checked = checkName(name);
  return checked.ok ? [] : [`The directory "${directory}" gives the project the name "${name}": ${checked.problem}, as --name.`];
}
