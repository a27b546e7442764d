/**
 * A text as one word of a command line that people paste.
 * @returns it in double quotes where it needs any, which every shell knows, cmd.exe included; in single ones where
 *   something in it is special inside double ones
 */
export function quote(text: string): string {
  if (/^[\w./:@-][\w./:@=-]*$/.test(text)) return text;
  return /["$`!]|\\$|\\\\/.test(text) ? `'${text.replaceAll("'", String.raw`'\''`)}'` : `"${text}"`;
}
