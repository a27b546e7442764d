/** What was answered and the defaults in, a complete set of answers out, with the faults of what is missing. */
import { OPTIONS, type Answers, type Key } from '../options/index.ts';
import type { Clash } from '../options/resolve.ts';
import { spellOut } from '../plan/command.ts';
import { checkName } from '../options/project-name.ts';
import type { PartialAnswers } from './partial-answers.ts';

export interface WithDefaults {
  /** Complete where there are no faults; else the rest of it still serves to find further faults. */
  readonly answers: Answers;
  /** The options that nobody answered, so that the run can say what it took. */
  readonly assumed: readonly Key[];
  /** One sentence for each answer that is missing, or that its default cannot supply. */
  readonly faults: readonly string[];
}

export function applyDefaults(partial: PartialAnswers): WithDefaults {
  const answers: Partial<Record<Key, unknown>> = { ...partial.answers };
  const assumed: Key[] = [];
  const faults: string[] = [];
  for (const option of OPTIONS) {
    if (answers[option.key] !== undefined) continue;
    answers[option.key] = option.default({ directory: partial.answers.directory });
    const refused = partial.sources[option.key] !== undefined; // told already, where it was given
    if (refused) continue;
    if (answers[option.key] !== undefined) assumed.push(option.key);
  }
  if (answers.directory === undefined && partial.sources.directory === undefined) {
    const example = { ...answers, directory: 'my-app', name: answers.name ?? 'my-app' } as unknown as Answers;
    faults.push(`A directory is needed. With every choice, in one line: ${spellOut(example)}`);
  }
  if (assumed.includes('name')) faults.push(...derivedNameFaults(String(answers.name), partial.answers.directory));
  return { answers: answers as unknown as Answers, assumed, faults };
}

/** A clash, led by where each of its values came from. */
export function explainClash({ keys, problem }: Clash, sources: PartialAnswers['sources']): string {
  const origins = keys.map((key) => sources[key] ?? `the default of --${flagOf(key)}`);
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
