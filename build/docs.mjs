// Writes what the documents take from elsewhere: the README's option table from the code, and, where the stack tests have
// run here, what they measured: docs/benchmarks.md all of it, the emitted docs/scaling.md where throughput has its knee.
import { readFile, writeFile } from 'node:fs/promises';
import { importBundled } from './import-bundled.mjs';

const README = new URL('../README.md', import.meta.url);
const BENCHMARKS = new URL('../docs/benchmarks.md', import.meta.url);
const SCALING = new URL('../templates/compose/base/docs/scaling.md', import.meta.url);
const ARTIFACTS = new URL('../test/stack/artifacts/', import.meta.url);

/** @type {typeof import('../src/cli/help.ts')} */
const { readmeTable } = await importBundled('src/cli/help.ts');

await fill(README, { options: readmeTable() });
const replicas = await readArtifact('throughput-replicas.md');
await fill(BENCHMARKS, {
  measured: await readMeasured(),
  empty: await readTimeline('empty'),
  warm: await readTimeline('warm'),
  nginx: await readArtifact('throughput-nginx.md'),
  replicas,
});
if (replicas !== undefined) await fillKnees(replicas);

/**
 * Replaces what stands between the markers of each name; what is not known stays as it is.
 * @param {URL} file @param {Record<string, string | undefined>} parts
 */
async function fill(file, parts) {
  const before = await readFile(file, 'utf8');
  const known = Object.entries(parts).filter(([, table]) => table !== undefined);
  const after = known.reduce((text, [name, table]) => text.replace(new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`), (_, start, end) => `${start}${table}\n${end}`), before);
  if (after !== before) await writeFile(file, after);
}

/** The rows whose number of connections is bold. @param {string} table */
async function fillKnees(table) {
  const rows = table.split('\n').filter((line) => line.includes('**')).map((line) => `${line.replaceAll('**', '')}\n`);
  const text = await readFile(SCALING, 'utf8');
  await writeFile(SCALING, text.replace(/(\n\| -.*\n)(\|.*\n)*/, (_, line) => line + rows.join('')));
}

/** Nothing, where it is of a part of the tests: rows would be lost, and others be of another machine. @returns {Promise<string | undefined>} */
async function readMeasured() {
  const text = await readArtifact('measured.json');
  if (text === undefined) return undefined;
  /** @type {[string, { value: number, bar: number }][]} */
  const rows = Object.entries(JSON.parse(text));
  const told = /<!-- measured -->\n([^]*?)<!-- \/measured -->/.exec(await readFile(BENCHMARKS, 'utf8'))?.[1] ?? '';
  const lacking = [...told.matchAll(/^\| (.+?) \| [\d.]/gm)].map(([, what]) => what).filter((what) => !rows.some(([name]) => name === what));
  if (lacking.length > 0) {
    console.log(`The table of what was measured stays as it is. Not measured this time: ${lacking.join('; ')}.`);
    return undefined;
  }
  return ['| what | measured | bar |', '| --- | ---: | ---: |', ...rows.map(([what, { value, bar }]) => `| ${what} | ${value} | ${bar} |`)].join('\n');
}

/** @param {string} volumes @returns {Promise<string | undefined>} */
async function readTimeline(volumes) {
  const lines = (await readArtifact(`start-${volumes}.txt`))?.trim().split('\n');
  if (lines === undefined) return undefined;
  const rows = lines.slice(1, -1).map((line) => `| ${line.trim().split(/ +/).join(' | ')} |`);
  return ['| service | created | started | healthy |', '| --- | ---: | ---: | ---: |', ...rows, '', `Seconds; ${lines.at(-1)}.`].join('\n');
}

/** @param {string} name @returns {Promise<string | undefined>} */
async function readArtifact(name) {
  return readFile(new URL(name, ARTIFACTS), 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
}
