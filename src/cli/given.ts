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

/** @returns one sentence for each answer of the second that the first replaces by another */
export function explainOverruled(first: Given, second: Given): readonly string[] {
  return (Object.keys(second.answers) as Key[]).flatMap((key) => {
    const [winner, loser] = [first.answers[key], second.answers[key]].map((answer) => JSON.stringify(answer));
    return winner === undefined || winner === loser ? [] : [`${first.places[key]} wins over what is in ${second.places[key]}.`];
  });
}
