/** What a person has answered so far, and where. */
import type { Answers, Key } from '../options/index.ts';

export interface Given {
  readonly answers: Partial<Answers>;
  /** Such as `--proxy-port` or `answers.json: proxyPort`, for messages. A place without an answer is one that was refused. */
  readonly places: Readonly<Partial<Record<Key, string>>>;
}

export const NOTHING: Given = { answers: {}, places: {} };

/** The first wins, key by key. */
export function mergeGiven(first: Given, second: Given): Given {
  const kept = Object.entries(second.answers).filter(([key]) => first.places[key as Key] === undefined);
  return {
    answers: { ...Object.fromEntries(kept), ...first.answers },
    places: { ...second.places, ...first.places },
  };
}
