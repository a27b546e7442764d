/** The summary tells, of what was chosen, what is not as usual: an end of support, a limit, what this machine cannot give. */
import { expect, it } from 'vitest';
import { endings, summarise } from '../../src/cli/summary.ts';
import { answersOf, HOST, optionsOf } from '../fixtures.ts';

it.each([
  ['baseline', '2026-11-24', /^Without security fixes, now or within six months: .*Node 20 \(ended 2026-04-30\).*\. --images current has newer versions\.$/],
  ['baseline', '2024-11-24', undefined],
  ['current', '2026-11-24', undefined],
  ['current', '2028-01-01', /^Without security fixes, now or within six months: Node 24 \(ends 2028-04-30\)\.$/],
] as const)('of the %s images on %s there is told %s', (images, today, told) => {
  const options = optionsOf({ images });
  const sentences = endings(options, today);
  if (told === undefined) expect(sentences).toEqual([]);
  else expect(sentences).toEqual([expect.stringMatching(told)]);
  const summary = summarise(options, { directory: 'shop', git: true }, HOST, today);
  if (told === undefined) expect(summary).not.toContain('security fixes');
  else expect(summary).toContain(sentences[0]);
});

it('a limit that is not the usual one stands in it, and one that the machine cannot give is said', () => {
  const options = optionsOf({ limit: [{ service: 'frontend', key: 'cpus', value: 6 }] });
  const summary = summarise(options, answersOf(), { cpus: 4, memory: 8192 }, '2024-11-24');
  expect(summary).toMatch(/^limits +frontend\.cpus=6$/m);
  expect(summary).toContain('frontend may use more CPUs than the 4 of this machine; --limits fit scales them.');
});
