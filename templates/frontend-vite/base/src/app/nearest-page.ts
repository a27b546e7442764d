/** A mistyped address in, the page that was probably meant out. */
import { features } from '@/features'

/** Pages that need nothing in their address to be opened. */
const addresses = features
  .flatMap((feature) => feature.routes ?? [])
  .flatMap(({ path }) => (path && !/[:*?]/.test(path) ? [`/${path.replace(/^\//, '')}`] : []))

export function nearestPage(pathname: string): string | undefined {
  const wanted = pathname.toLowerCase().replace(/\/+$/, '')
  const ranked = addresses
    .map((address) => ({ address, steps: distance(wanted, address) }))
    .toSorted((one, other) => one.steps - other.steps)
  const [best] = ranked
  // More than every third letter another: not a slip of the finger.
  return best && best.steps <= best.address.length / 3 ? best.address : undefined
}

/** How many letters must be added, left out or replaced (Levenshtein). */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...from].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...to].entries()) {
      const replaced = (row[j] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
