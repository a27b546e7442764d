/** Files of several layers at one path in, one file out: by kind, and an error where a kind has no way to do it. */
import { mergeJson } from './merge-json.ts';
import { mergeRequirements } from './merge-requirements.ts';
import { fillSlots, hasSlots } from './slots.ts';

/** What one layer writes at a path. */
export interface Piece {
  /** Path below `templates/`, for messages. */
  readonly source: string;
  readonly text: string;
}

type Merge = (host: Piece, others: readonly Piece[]) => string;

/** All other kinds of text meet in slots. */
const BY_KIND: readonly (readonly [RegExp, Merge])[] = [
  [/(^|\/)package(-lock)?\.json$/, mergeJson],
  [/(^|\/)requirements\/[^/]+\.txt$/, mergeRequirements],
];

/**
 * @param path in the project
 * @param pieces in the order of the layers; the first is the host, the others add to it
 * @throws where they contradict each other
 */
export function mergeFile(path: string, [host, ...others]: readonly [Piece, ...Piece[]]): string {
  const merge = BY_KIND.find(([pattern]) => pattern.test(path))?.[1] ?? fillSlots;
  return others.length > 0 || hasSlots(host.text) ? merge(host, others) : host.text;
}
