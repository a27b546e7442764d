/**
 * Indentation as the difference to the line before: compressed, the templates are a hundredth smaller by it.
 *
 * A difference is a byte at the start of the line with which no character begins in UTF-8, or several that add up; a line
 * without one is indented as the line before. Lines of nothing but spaces stay as they are. A NUL ends a text.
 */
const NUL = 0x00;
const NEWLINE = 0x0a;
const SPACE = 0x20;

/** The bytes are 0x80 to 0xBF; this one would be no difference. */
const SAME = 0xa0;
const FARTHEST = 31;

/** For the build. @param text UTF-8, read as latin1: a character for each byte */
export function takeIndentation(text: string): string {
  return text.split('\0').map(takeFromOne).join('\0');
}

function takeFromOne(text: string): string {
  let column = 0;
  return text.replace(/(^|\n)( *)([^ \n])/g, (_, before: string, spaces: string, first: string) => {
    const difference = spaces.length - column;
    column = spaces.length;
    return `${before}${bytesFor(difference)}${first}`;
  });
}

function bytesFor(difference: number): string {
  if (difference === 0) return '';
  const step = Math.max(-FARTHEST, Math.min(FARTHEST, difference));
  return String.fromCharCode(SAME + step) + bytesFor(difference - step);
}

/** Byte by byte, since line by line takes half as long again. @param size of the text as it was, in bytes */
export function restoreIndentation(taken: Uint8Array, size: number): Buffer {
  const text = Buffer.alloc(size, SPACE);
  let column = 0;
  let to = 0;
  let starts = true;
  for (let from = 0; from < taken.length; from += 1) {
    const byte = taken[from] ?? NUL;
    if (starts) {
      if (byte >= 0x80 && byte <= 0xbf) {
        column += byte - SAME;
        continue;
      }
      if (byte !== NEWLINE && byte !== SPACE && byte !== NUL) to += column;
    }
    text[to] = byte;
    to += 1;
    starts = byte === NEWLINE || byte === NUL;
    if (byte === NUL) column = 0;
  }
  return text;
}
