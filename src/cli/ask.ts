/** What was given in, what a person at a terminal adds to it out. Loaded only where there is one. */
import { intro, note, outro, select } from '@clack/prompts';
import type { Answers, Key } from '../options/index.ts';
import { resolve } from '../options/resolve.ts';
import type { Host } from '../options/service-limits.ts';
import { mergeGiven, type Given } from './given.ts';
import { askFeatures } from './questions/features.ts';
import { askImages } from './questions/images.ts';
import { askLimits } from './questions/limits.ts';
import { askName } from './questions/name.ts';
import { askPorts } from './questions/ports.ts';
import { answered, stop } from './questions/prompt.ts';
import type { Question, Surroundings } from './questions/question.ts';
import { settle } from './settle.ts';
import { summarise } from './summary.ts';

/** In their order; each answers what is left open of its subject, and may leave it to the defaults. */
const QUESTIONS: readonly Question[] = [askName, askFeatures, askPorts, askLimits, askImages];

/**
 * Asks for what has not been given and has no default that is as good, shows a summary, and asks for leave to write.
 * @throws Interrupted where the person presses Ctrl-C or says no
 */
export async function ask(given: Given, surroundings: Surroundings): Promise<Given> {
  intro('create-devstack');
  let known = given;
  for (const question of QUESTIONS) known = add(known, await question(known.answers, surroundings));
  return add(known, await agree(known, surroundings.host));
}

function add(known: Given, answers: Partial<Answers>): Given {
  const places = Object.fromEntries((Object.keys(answers) as Key[]).map((key) => [key, 'your answer']));
  return mergeGiven(known, { answers, places });
}

/** The last question: whether to write, and, where that is open, whether to start what was written. */
async function agree(given: Given, host: Host): Promise<Partial<Answers>> {
  const { answers, faults } = settle(given);
  const { options, clashes } = resolve(answers, host);
  if (faults.length + clashes.length > 0) return {}; // told, all at once, by whoever asked for the questions
  note(summarise(options, { ...answers, start: given.answers.start }, host), 'Summary');
  const isOpen = given.answers.start === undefined;
  const choices = [
    { value: 'write', label: given.answers.start === true ? 'Yes, then start it' : 'Yes' },
    ...(isOpen ? [{ value: 'start', label: 'Yes, and start it (./docker-dev.sh start; needs Docker)' }] : []),
    { value: 'no', label: 'No, write nothing' },
  ];
  const choice = answered(await select({ message: 'Write it?', options: choices, initialValue: 'write' }));
  if (choice === 'no') stop();
  outro();
  return isOpen ? { start: choice === 'start' } : {};
}
