/** A .gitignore that a person keeps in, what it lacks out, as one sentence; for where git itself is not asked. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Holds the secrets. */
export const SECRET = '.env';

export const MISSING_LINE = `.gitignore does not keep ${SECRET} out of git, and it holds this project's secrets. Before you commit, add this line at the end of .gitignore: ${SECRET}`;

const NAMING = /^(?:\*\*\/|\/)?(?:\.env\*?|\*\.env|\.\*)$/;

export function readMissingLine(directory: string): readonly string[] {
  return lacksSecret(readFileSync(join(directory, '.gitignore'), 'utf8')) ? [MISSING_LINE] : [];
}

/** Knows the usual patterns only: one that it does not know makes it warn once too often. The last that fits decides. */
export function lacksSecret(text: string): boolean {
  const lines = text.split(/\r?\n/).map((line) => line.trimEnd());
  const last = lines.findLast((line) => NAMING.test(line.replace(/^!/, '')));
  return last === undefined || last.startsWith('!');
}
