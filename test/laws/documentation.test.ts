/** Law 8: the README's option table and --help come from the option data, and are current; what the emitted documents say of speed was measured. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { helpText, readmeTable } from '../../src/cli/help.ts';
import { OPTIONS } from '../../src/options/index.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const README = read('README.md');

it("the README's option table is current (npm run docs)", () => {
  expect(README).toContain(`<!-- options -->\n${readmeTable()}\n<!-- /options -->`);
});

it.each(OPTIONS.map((option) => [option.key, option] as const))('%s is in both', (_, option) => {
  const flag = option.kind === 'positional' ? option.placeholder : `--${option.flag}`;
  expect(readmeTable()).toContain(flag);
  expect(helpText(100)).toContain(flag);
  expect(helpText(1000).replace(/\s+/g, ' ')).toContain(option.summary);
});

it('how far a machine goes is where docs/benchmarks.md has the knee of each number of replicas', () => {
  const told = read('templates/compose/base/docs/scaling.md').split('\n').filter((line) => /^\| \d/.test(line));
  const knees = read('docs/benchmarks.md').split('\n').filter((line) => /^\| \d+ \| \*\*/.test(line));
  expect(told).toHaveLength(4);
  expect(told).toEqual(knees.map((line) => line.replaceAll('**', '')));
});
