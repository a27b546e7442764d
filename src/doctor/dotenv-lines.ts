/** The text of a .env file in, its values out. */

/** @returns the last value of each name, without its quotes */
export function parseDotenv(text: string): ReadonlyMap<string, string> {
  const lines = [...text.matchAll(/^\s*(?:export +)?([A-Za-z_]\w*)=(.*)$/gm)];
  return new Map(lines.map(([, name = '', value = '']) => [name, unquote(value.trim())]));
}

/** Names that are written as a comment, `# NAME=value`: known, and left at their default. */
export function commentedNames(text: string): readonly string[] {
  return [...text.matchAll(/^# ?([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => name);
}

function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1/.exec(value);
  return quoted === null ? value.replace(/(^|\s)#.*$/, '').trim() : (quoted[2] ?? '');
}
