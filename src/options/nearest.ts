/** A misspelt word in, the one that was probably meant out. */

/**
 * @param farthest edits at most
 * @returns the candidate with the fewest edits, where those are one or at most a third of the word
 */
export function nearest(word: string, candidates: readonly string[], farthest: number = Math.max(1, word.length / 3)): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .toSorted((a, b) => a.distance - b.distance);
  const best = ranked[0];
  return best !== undefined && best.distance <= Math.min(farthest, Math.max(1, word.length / 3)) ? best.candidate : undefined;
}

/** @returns `(did you mean WORD?)` with a blank in front, or nothing; for the middle of a sentence */
export function propose(word: string, candidates: readonly string[]): string {
  const proposal = nearest(word, candidates);
  return proposal === undefined ? '' : ` (did you mean ${proposal}?)`;
}

/** Optimal string alignment: insertions, deletions, substitutions, and two neighbours swapped count one each. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        at(rows, i - 1, j) + 1,
        (row[j - 1] ?? 0) + 1,
        at(rows, i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? at(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    rows[i] = row;
  }
  return at(rows, a.length, b.length);
}

function at(rows: readonly number[][], row: number, column: number): number {
  return rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
}
