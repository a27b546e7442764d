/**
 * Texts in which layers meet. A line that holds only a comment `slot: NAME` marks a place in the host's text; the sections
 * of that name in the others take its place. A section goes from its own such line to the next one, to a line `end slot`, or
 * to the end; what stands outside of sections makes the other's file whole for those who open it, and is left out.
 */
import type { Piece } from './merge.ts';

/** `#` Python, YAML, shell, TOML, .env; `//` TypeScript; `%%` Mermaid; `<!-- -->` Markdown; a JSX comment. */
const MARKER = /^[ \t]*(?:#|\/\/|%%|<!--|\{?\/\*)[ \t]*(?:slot: ([a-z][a-z-]*)|(end slot))[ \t]*(?:-->|\*\/\}?)?[ \t]*\n?$/;

export function hasSlots(text: string): boolean {
  return text.includes('slot: ') && splitLines(text).some((line) => MARKER.test(line));
}

/** @throws where a section finds no slot, or a slot is there twice */
export function fillSlots(host: Piece, others: readonly Piece[]): string {
  const slots = new Map<string, string>();
  for (const line of splitLines(host.text)) {
    const name = MARKER.exec(line)?.[1];
    if (name !== undefined && slots.has(name)) throw new Error(`templates/${host.source} has the slot ${name} twice`);
    if (name !== undefined) slots.set(name, '');
  }
  for (const other of others) {
    for (const [name, lines] of sections(other)) {
      const before = slots.get(name);
      if (before === undefined) throw new Error(`templates/${other.source} fills the slot ${name}, which templates/${host.source} does not have`);
      slots.set(name, before + lines);
    }
  }
  return splitLines(host.text)
    .map((line) => {
      const marker = MARKER.exec(line);
      return marker === null ? line : (slots.get(marker[1] ?? '') ?? '');
    })
    .join('');
}

/** @throws where there is none: the file would vanish without a word */
function sections({ source, text }: Piece): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let current: string | undefined;
  for (const line of splitLines(text)) {
    const marker = MARKER.exec(line);
    if (marker !== null) current = marker[1];
    else if (current !== undefined) found.set(current, (found.get(current) ?? '') + line);
    if (marker?.[1] !== undefined && !found.has(marker[1])) found.set(marker[1], '');
  }
  if (found.size === 0) throw new Error(`templates/${source} lies where another layer's file does, and fills no slot of it`);
  return found;
}

/** Each with its line end. */
function splitLines(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
