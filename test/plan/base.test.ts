import { expect, it } from 'vitest';
import { packBase, unpackBase } from '../../src/plan/base.ts';

const text = { path: 'a.txt', content: new TextEncoder().encode('\uFEFFé\r\n') };
const binary = { path: 'b.bin', content: Uint8Array.of(0, 255, 128) };

it('gives back the very bytes, text or not', () => {
  const unpacked = unpackBase(packBase([text, binary]));
  expect([...(unpacked.get('a.txt') ?? [])]).toEqual([...text.content]);
  expect([...(unpacked.get('b.bin') ?? [])]).toEqual([...binary.content]);
});

it('names no time and no system in its header, which would differ from run to run', () => {
  expect([...packBase([text]).subarray(4, 8)]).toEqual([0, 0, 0, 0]);
  expect(packBase([text])[9]).toBe(255);
});
