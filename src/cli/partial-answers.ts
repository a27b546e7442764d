/** What a person has answered so far, and where. */
import type { Answers, Key } from '../options/index.ts';

export interface PartialAnswers {
  readonly answers: Partial<Answers>;
  /** Such as `--proxy-port` or `answers.json: proxyPort`, for messages. A place without an answer is one that was refused. */
  readonly sources: Readonly<Partial<Record<Key, string>>>;
}

export const NO_ANSWERS: PartialAnswers = { answers: {}, sources: {} };

/** The first wins, key by key. */
export function mergeAnswers(first: PartialAnswers, second: PartialAnswers): PartialAnswers {
  const kept = Object.entries(second.answers).filter(([key]) => first.sources[key as Key] === undefined);
  return {
    answers: { ...Object.fromEntries(kept), ...first.answers },
    sources: { ...second.sources, ...first.sources },
  };
}

/** @returns one sentence for each answer of the second that the first replaces by another */
export function explainOverruled(first: PartialAnswers, second: PartialAnswers): readonly string[] {
  return (Object.keys(second.answers) as Key[]).flatMap((key) => {
    const [winner, loser] = [first.answers[key], second.answers[key]].map((answer) => JSON.stringify(answer));
    return winner === undefined || winner === loser ? [] : [`${first.sources[key]} wins over what is in ${second.sources[key]}.`];
  });
}
