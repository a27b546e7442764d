/** The text of a .env file in, its values and the names that it only mentions out. */
import { parseEnv } from 'node:util';

/** @returns the last value of each name, without its quotes */
export function parseDotenv(text: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(parseEnv(text)).map(([name, value = '']) => [name, value]));
}

/** Names that are written as a comment, `# NAME=value`: known, and left at their default. */
export function commentedNames(text: string): readonly string[] {
  return [...text.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
}
