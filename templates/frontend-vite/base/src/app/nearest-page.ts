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
  let row = [...to].map((_, index) => index + 1)
  let steps = to.length
  for (const [index, letter] of [...from].entries()) {
    let diagonal = index
    steps = index + 1
    row = row.map((above, column) => {
      const replaced = diagonal + (letter === to[column] ? 0 : 1)
      steps = Math.min(replaced, above + 1, steps + 1)
      diagonal = above
      return steps
    })
  }
  return steps
}
