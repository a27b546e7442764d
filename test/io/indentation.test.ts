import { expect, it } from 'vitest';
import { restoreIndentation, takeIndentation } from '../../src/io/indentation.ts';

const taken = (text: string) => Buffer.from(takeIndentation(Buffer.from(text).toString('latin1')), 'latin1');

it.each([
  ['nothing', ''],
  ['one line without an end', 'a'],
  ['steps in and out', 'a\n  b\n    c\n    d\n  e\nf\n'],
  ['a first line that is indented', '    a\n  b\n'],
  ['lines of nothing, and of nothing but spaces', '  a\n\n   \n  b\n \n\nc\n   '],
  ['farther in and out than one byte says', `a\n${' '.repeat(200)}b\nc\n`],
  ['characters of several bytes at the start', '  é\n  €\n    🙂\nä\n'],
  ['tabs, and other ends of lines', '\ta\n \tb\r\n   c\r  d\u2028   e\n'],
  ['texts behind each other', '  a\n\0b\n\0    c\0\0  d\n  e\n\0'],
])('%s: comes back as it was', (_, text) => {
  expect(restoreIndentation(taken(text), Buffer.byteLength(text)).toString()).toBe(text);
});

it('a line that is indented as the one before has no byte for it', () => {
  expect([...taken('a\n  b\n  c\n')]).toEqual([...Buffer.from('a\n'), 0xa2, ...Buffer.from('b\nc\n')]);
});
