/** Keeps the times and sizes that the tests measured, beside their bars, as JSON for whoever wants to see them. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Git ignores it. */
export const ARTIFACTS = fileURLToPath(new URL('artifacts/', import.meta.url));
const FILE = join(ARTIFACTS, 'measured.json');

interface Measured {
  readonly value: number;
  readonly bar: number;
}

/** @param what the measure with its unit, such as "warm start, s" */
export function keep(what: string, value: number, bar: number): void {
  const all = { ...readMeasured(), [what]: { value: Math.round(value * 100) / 100, bar } };
  writeFileSync(FILE, `${JSON.stringify(all, null, 2)}\n`);
}

/** What an earlier run has left says nothing of this one. */
export function forgetMeasured(): void {
  rmSync(ARTIFACTS, { recursive: true, force: true });
  mkdirSync(ARTIFACTS);
}

/** All that was kept, as a Markdown table. */
export function tableOfMeasured(): string {
  const rows = Object.entries(readMeasured()).map(([what, { value, bar }]) => `| ${what} | ${value} | ${bar} |`);
  return ['| what | measured | bar |', '| --- | ---: | ---: |', ...rows, ''].join('\n');
}

function readMeasured(): Record<string, Measured> {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, Measured>) : {};
}
