// Writes what the README takes from elsewhere: the option table from the code, and, where the stack tests have run
// here, what they measured.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { importBundled } from './import-bundled.mjs';

const README = fileURLToPath(new URL('../README.md', import.meta.url));

/** @type {typeof import('../src/cli/help.ts')} */
const { readmeTable } = await importBundled('src/cli/help.ts');

const before = await readFile(README, 'utf8');
const measured = await readMeasured();
const after = [['options', readmeTable()], ...(measured === undefined ? [] : [['measured', measured]])].reduce(
  (text, [name = '', table = '']) => text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), (_, start, end) => `${start}${table}\n${end}`),
  before,
);
if (after !== before) await writeFile(README, after);

/** @returns {Promise<string | undefined>} */
async function readMeasured() {
  const text = await readFile(new URL('../test/stack/artifacts/measured.json', import.meta.url), 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (text === undefined) return undefined;
  /** @type {[string, { value: number, bar: number }][]} */
  const rows = Object.entries(JSON.parse(text));
  return ['| what | measured | bar |', '| --- | ---: | ---: |', ...rows.map(([what, { value, bar }]) => `| ${what} | ${value} | ${bar} |`)].join('\n');
}
