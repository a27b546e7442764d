/** The set of images that the project builds on. */
import { select } from '@clack/prompts';
import { images as option } from '../../options/images.ts';
import { answered } from './prompt.ts';
import type { Question } from './question.ts';

export const askImages: Question = async ({ images }) => {
  if (images !== undefined || option.ask?.kind !== 'select') return {};
  // Each choice with its explanation: a hint shows at the one that is lit alone.
  const options = option.ask.choices.map(({ value, hint }) => ({ value, label: `${value}: ${hint}` }));
  const parsed = option.parse(answered(await select({ message: option.ask.message, options, initialValue: option.default({}) ?? 'baseline' })));
  return parsed.ok ? { images: parsed.value } : {};
};
