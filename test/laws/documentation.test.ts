/** Law 8: the README's option table and --help come from the option data, and are current. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { helpText, readmeTable } from '../../src/cli/help.ts';
import { OPTIONS } from '../../src/options/index.ts';

const README = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

it("the README's option table is current (npm run docs)", () => {
  expect(README).toContain(`<!-- options -->\n${readmeTable()}\n<!-- /options -->`);
});

it.each(OPTIONS.map((option) => [option.key, option] as const))('%s is in both', (_, option) => {
  const flag = option.kind === 'positional' ? option.placeholder : `--${option.flag}`;
  expect(readmeTable()).toContain(flag);
  expect(helpText(100)).toContain(flag);
  expect(helpText(1000).replace(/\s+/g, ' ')).toContain(option.summary);
});
