/** npm's manifest and lock file: objects are merged at every depth; a value that two layers give must be the same. */
import type { Piece } from './merge.ts';

type Json = { readonly [key: string]: unknown };

/** @throws where two layers give one key different values */
export function mergeJson(host: Piece, others: readonly Piece[]): string {
  const merged = others.reduce((document, other) => mergeObjects(document, JSON.parse(other.text) as Json, other.source, []), JSON.parse(host.text) as Json);
  return `${JSON.stringify(merged, null, 2)}\n`;
}

function mergeObjects(host: Json, addition: Json, source: string, path: readonly string[]): Json {
  const entries = new Map(Object.entries(host));
  for (const [key, value] of Object.entries(addition)) entries.set(key, entries.has(key) ? mergeValues(entries.get(key), value, source, [...path, key]) : value);
  const keys = [...entries.keys()];
  return Object.fromEntries((isSorted(Object.keys(host)) ? keys.toSorted(byName) : keys).map((key) => [key, entries.get(key)]));
}

function mergeValues(host: unknown, addition: unknown, source: string, path: readonly string[]): unknown {
  if (isObject(host) && isObject(addition)) return mergeObjects(host, addition, source, path);
  if (JSON.stringify(host) === JSON.stringify(addition)) return host;
  throw new Error(`templates/${source} sets ${path.join(' → ')} to ${JSON.stringify(addition)}, and another layer to ${JSON.stringify(host)}`);
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Dependencies are in the order that npm itself writes; scripts and the manifest's own keys in that of their author. */
function isSorted(keys: readonly string[]): boolean {
  return keys.length > 1 && keys.every((key, index) => index === 0 || byName(keys[index - 1] ?? '', key) < 0);
}

function byName(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
