import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { createPacker, formatEntries, unpackEntries } from '../../src/io/packed-files.ts';
import { packMergeBase, unpackMergeBase } from '../../src/plan/merge-base.ts';

const text = { path: 'a.txt', content: new TextEncoder().encode('\uFEFFé→🙂\r\n') };
const binary = { path: 'b.bin', content: Uint8Array.of(0, 255, 128) };
const rendered = { path: 'c.yml', content: new TextEncoder().encode('a: "b"\n') };

function memberOf(...files: readonly { readonly path: string; readonly content: Uint8Array }[]) {
  const packed = gzipSync(formatEntries(files));
  return { packed, files: unpackEntries(packed) };
}

it('a member gives back the very bytes, text or not', () => {
  const { files } = memberOf(text, binary);
  expect([...files.keys()]).toEqual(['a.txt', 'b.bin']);
  for (const { path, content } of [text, binary]) expect([...(files.get(path) ?? [])]).toEqual([...content]);
});

it.each([
  ['no member', []],
  ['one member', [memberOf(text, binary)]],
  ['two members', [memberOf(text), memberOf(binary)]],
  ['an empty member', [memberOf(text), { packed: gzipSync(''), files: new Map() }]],
])('with %s the packed project reads as plain gzip of the same files', (_, members) => {
  const emitted = [...members.flatMap(({ files }) => [...files].map(([path, content]) => ({ path, content }))), rendered];
  const packed = createPacker(members)(emitted);
  expect(unpackMergeBase(packed)).toEqual(unpackMergeBase(packMergeBase(emitted)));
  expect(JSON.parse(gunzipSync(packed).toString('utf8'))).toEqual(JSON.parse(gunzipSync(packMergeBase(emitted)).toString('utf8')));
});

it('a member whose files are not all emitted as they are is not used', () => {
  const member = memberOf(text, binary);
  const [first = text] = [...member.files].map(([path, content]) => ({ path, content }));
  expect([...unpackMergeBase(createPacker([member])([first, rendered])).keys()]).toEqual(['a.txt', 'c.yml']);
});

it('names no time and no system in a header, and compresses nothing, which would differ from run to run', () => {
  const packed = createPacker([])([rendered]);
  expect([...packed.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(packed[9]).toBe(255);
  expect(Buffer.from(packed).toString('latin1')).toContain('c.yml');
});
