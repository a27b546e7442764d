/** Partial answers in, what a person at a terminal adds to them out. Loaded only where there is one. */
import { intro, note, outro, select } from '@clack/prompts';
import { isoDay } from '../io/iso-day.ts';
import type { Answers, Key } from '../options/index.ts';
import { resolve } from '../options/resolve.ts';
import type { Host } from '../options/service-limits.ts';
import { mergeAnswers, type PartialAnswers } from './partial-answers.ts';
import { askFeatures } from './questions/features.ts';
import { askImages } from './questions/images.ts';
import { askLimits } from './questions/limits.ts';
import { askName } from './questions/name.ts';
import { askPorts } from './questions/ports.ts';
import { answered, stop } from './questions/prompt.ts';
import type { Question, Surroundings } from './questions/question.ts';
import { applyDefaults } from './apply-defaults.ts';
import { summarise } from './summary.ts';

/** In their order; each answers what is left open of its subject, and may leave it to the defaults. */
const QUESTIONS: readonly Question[] = [askName, askFeatures, askPorts, askLimits, askImages];

/**
 * Asks for what has not been given and has no default that is as good, shows a summary, and asks for leave to write.
 * @throws Interrupted where the person presses Ctrl-C or says no
 */
export async function ask(partial: PartialAnswers, surroundings: Surroundings): Promise<PartialAnswers> {
  intro('create-devstack');
  let known = partial;
  for (const question of QUESTIONS) known = add(known, await question(known.answers, surroundings));
  return add(known, await agree(known, surroundings.host));
}

function add(known: PartialAnswers, answers: Partial<Answers>): PartialAnswers {
  const sources = Object.fromEntries((Object.keys(answers) as Key[]).map((key) => [key, 'your answer']));
  return mergeAnswers(known, { answers, sources });
}

/** The last question: whether to write, and, where that is open, whether to start what was written. */
async function agree(partial: PartialAnswers, host: Host): Promise<Partial<Answers>> {
  const { answers, faults } = applyDefaults(partial);
  const { options, clashes } = resolve(answers, host);
  if (faults.length + clashes.length > 0) return {}; // told, all at once, by whoever asked for the questions
  note(summarise(options, { ...answers, start: partial.answers.start }, host, isoDay(Date.now())), 'Summary');
  const isOpen = partial.answers.start === undefined;
  const choices = [
    { value: 'write', label: partial.answers.start === true ? 'Yes, then start it' : 'Yes' },
    ...(isOpen ? [{ value: 'start', label: 'Yes, and start it (./docker-dev.sh start; needs Docker)' }] : []),
    { value: 'no', label: 'No, write nothing' },
  ];
  const choice = answered(await select({ message: 'Write it?', options: choices, initialValue: 'write' }));
  if (choice === 'no') stop();
  outro();
  return isOpen ? { start: choice === 'start' } : {};
}
