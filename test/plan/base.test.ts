import { gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { formatEntries, packBase, unpackBase, unpackEntries } from '../../src/plan/base.ts';

const text = { path: 'a.txt', content: new TextEncoder().encode('\uFEFFé→🙂\r\n') };
const binary = { path: 'b.bin', content: Uint8Array.of(0, 255, 128) };
const rendered = { path: 'c.yml', content: new TextEncoder().encode('a: "b"\n') };
const layer = gzipSync(formatEntries([text, binary]));

it('a layer gives back the very bytes, text or not', () => {
  const unpacked = unpackEntries(layer);
  expect([...unpacked.keys()]).toEqual(['a.txt', 'b.bin']);
  expect([...(unpacked.get('a.txt') ?? [])]).toEqual([...text.content]);
  expect([...(unpacked.get('b.bin') ?? [])]).toEqual([...binary.content]);
});

it.each([
  ['no layer', [], ['c.yml']],
  ['one layer', [layer], ['a.txt', 'b.bin', 'c.yml']],
  ['two layers', [layer, gzipSync(formatEntries([{ ...text, path: 'd.txt' }]))], ['a.txt', 'b.bin', 'd.txt', 'c.yml']],
])('the base of %s and a rendered file gives back the very bytes', (_, layers, paths) => {
  const unpacked = unpackBase(packBase(layers, [rendered]));
  expect([...unpacked.keys()]).toEqual(paths);
  expect([...(unpacked.get('c.yml') ?? [])]).toEqual([...rendered.content]);
  if (layers.length > 0) expect([...(unpacked.get('b.bin') ?? [])]).toEqual([...binary.content]);
});

it('is one JSON document to every gunzip', () => {
  expect(JSON.parse(gunzipSync(packBase([layer], [rendered])).toString('utf8'))).toEqual({
    schemaVersion: 1,
    files: { 'a.txt': '\uFEFFé→🙂\r\n', 'b.bin': { base64: 'AP+A' }, 'c.yml': 'a: "b"\n' },
  });
});

it('names no time and no system in a header, and compresses nothing, which would differ from run to run', () => {
  const packed = packBase([], [rendered]);
  expect([...packed.subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(packed[9]).toBe(255);
  expect(Buffer.from(packed).toString('latin1')).toContain('c.yml');
});
