/** The tables of docs/benchmarks.md about requests a second, kept for `npm run docs`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ARTIFACTS } from '../stack/measured.ts';
import type { Throughput } from './throughput.ts';

export const row = (...cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

export const cells = ({ perSecond, p50, p99 }: Throughput) => [perSecond.toFixed(0), p50.toFixed(1), p99.toFixed(1)];

export async function keepTable(name: string, head: readonly string[], rows: readonly string[]): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  await writeFile(join(ARTIFACTS, `throughput-${name}.md`), [row(...head), row(...head.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows].join('\n'));
}
