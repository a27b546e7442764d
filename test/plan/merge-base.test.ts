import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { packMergeBase, unpackMergeBase } from '../../src/plan/merge-base.ts';

const text = { path: 'a.txt', content: new TextEncoder().encode('\uFEFFé→🙂\r\n') };
const binary = { path: 'b.bin', content: Uint8Array.of(0, 255, 128) };

it('gives back the very bytes, text or not', () => {
  const unpacked = unpackMergeBase(packMergeBase([text, binary]));
  expect([...unpacked.keys()]).toEqual(['a.txt', 'b.bin']);
  for (const { path, content } of [text, binary]) expect([...(unpacked.get(path) ?? [])]).toEqual([...content]);
});

it('is one JSON document to every gunzip', () => {
  expect(JSON.parse(gunzipSync(packMergeBase([text, binary])).toString('utf8'))).toEqual({
    schemaVersion: 1,
    files: { 'a.txt': '\uFEFFé→🙂\r\n', 'b.bin': { base64: 'AP+A' } },
  });
});

it('names no time and no system in its header, and compresses nothing: the bytes are the same everywhere', () => {
  const packed = packMergeBase([text]);
  expect([...packed.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(packed[9]).toBe(255);
  expect(Buffer.from(packed).toString('utf8')).toContain('a.txt');
});
