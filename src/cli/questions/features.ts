/** What can be added to the project, each by a yes. */
import { confirm } from '@clack/prompts';
import { OPTIONS } from '../../options/index.ts';
import { answered } from './prompt.ts';
import type { Question } from './question.ts';

export const askFeatures: Question = async (known) => {
  const answers: Record<string, boolean> = {};
  for (const option of OPTIONS) {
    if (option.kind !== 'toggle' || option.scope !== 'project' || option.ask === undefined || known[option.key] !== undefined) continue;
    answers[option.key] = answered(await confirm({ message: option.ask.message, initialValue: option.default({}) === true }));
  }
  return answers;
};
