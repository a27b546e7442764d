/** The set of images that the project builds on. */
import { select } from '@clack/prompts';
import { hasEnd, lifetimesOf } from '../../options/lifetimes.ts';
import { images as option } from '../../options/images.ts';
import { IMAGE_SETS, imagesOf } from '../../plan/image-sets.ts';
import { answered } from './prompt.ts';
import type { Question } from './question.ts';

export const askImages: Question = async ({ images }) => {
  if (images !== undefined || option.ask?.kind !== 'select') return {};
  // Each choice with its explanation: a hint shows at the one that is lit alone.
  const options = option.ask.choices.map(({ value, hint }) => ({ value, label: `${value}: ${hint}${supported(value)}` }));
  const parsed = option.parse(answered(await select({ message: option.ask.message, options, initialValue: option.default({}) ?? 'baseline' })));
  return parsed.ok ? { images: parsed.value } : {};
};

/** The first end in a set is the set's: from then on a part of it gets no fixes. */
function supported(name: string): string {
  const set = Object.entries(IMAGE_SETS).find(([key]) => key === name)?.[1];
  const ends = set === undefined ? [] : lifetimesOf(imagesOf(set)).filter(hasEnd);
  const first = ends.toSorted((a, b) => (a.end < b.end ? -1 : 1))[0];
  return first === undefined ? '' : `; fixes for all of it until ${first.end} (${first.title})`;
}
