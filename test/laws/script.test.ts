/** docker-dev.sh reads all its files into one shell: of two functions with one name the later one is silently that of both. */
import { expect, it } from 'vitest';
import { COMBINATIONS, planOf, textsOf } from '../fixtures.ts';

it.each(COMBINATIONS)('each function of docker-dev.sh is defined once %#', (changes) => {
  const places = new Map<string, string[]>();
  for (const [path, text] of textsOf(planOf(changes))) {
    if (!/^docker-dev\.sh$|^docker\/dev\/(?!test\/).*\.sh$/.test(path)) continue;
    for (const [, name = ''] of text.matchAll(/^(\w+)\(\)/gm)) places.set(name, [...(places.get(name) ?? []), path]);
  }
  expect(places.size).toBeGreaterThan(100);
  expect([...places].filter(([, paths]) => paths.length > 1)).toEqual([]);
});
