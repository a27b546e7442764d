/** pip's lock files: the union of the layers' pins, which are locked together; sorted by package. */
import type { Piece } from './merge.ts';

/** @throws where two layers pin one package differently */
export function mergeRequirements(host: Piece, others: readonly Piece[]): string {
  const pins = new Map<string, string>();
  for (const { source, text } of [host, ...others]) {
    for (const [name, pin] of entries(text)) {
      const known = pins.get(name);
      if (known !== undefined && known !== pin) throw new Error(`templates/${source} pins ${name} otherwise than another layer: npm run lock:backend locks them together`);
      pins.set(name, pin);
    }
  }
  return [...pins].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, pin]) => pin).join('');
}

/** `name==version \` and its indented hashes; one package may be there more than once, for other systems or Pythons. */
function entries(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let name = '';
  for (const line of text.split('\n').slice(0, -1)) {
    name = /^[A-Za-z0-9][\w.-]*/.exec(line)?.[0].toLowerCase() ?? name;
    found.set(name, `${found.get(name) ?? ''}${line}\n`);
  }
  return found;
}
