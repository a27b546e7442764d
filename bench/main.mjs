// `npm run bench [-- --quick]`: install → write a sample → list the cases → time them without network → docs/benchmarks.md.
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { listCases } from './cases.mjs';
import { installAll } from './install.mjs';
import { findIsolation, runNode } from './isolate.mjs';
import { describeMachine, measureLoad } from './machine.mjs';
import { report } from './report.mjs';
import { writeSample } from './sample.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MEASURE = fileURLToPath(new URL('measure.mjs', import.meta.url));
const DOCUMENT = join(ROOT, 'docs', 'benchmarks.md');

/** A file system in memory, on Linux. */
const MEMORY = '/dev/shm';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });
const folder = makeFolder(tmpdir());
const memory = existsSync(MEMORY) ? makeFolder(MEMORY) : undefined;
try {
  const isolation = findIsolation();
  // A peer may call home in the middle of a run: where the network cannot be taken away, none is run.
  const installed = installAll(ROOT, folder, { quick: values.quick || isolation === undefined });
  const sample = writeSample(installed.own, folder);
  const cases = listCases(installed, { quick: values.quick, places: memory === undefined ? ['disk'] : ['disk', 'memory'], sample });
  const load = measureLoad();
  process.stderr.write(`timing ${cases.length} commands, one after another\n`);
  const results = time(cases, isolation ?? []);
  const text = report({ installed, results, isolated: isolation !== undefined, machine: describeMachine(), load, date: new Date().toISOString().slice(0, 10) });
  process.stdout.write(text);
  if (!values.quick) writeFileSync(DOCUMENT, text + startOf(readFileSync(DOCUMENT, 'utf8')));
} finally {
  for (const one of [folder, memory ?? folder]) rmSync(one, { recursive: true, force: true });
}

/** What the stack tests measured is theirs to renew (`npm run docs`). @param {string} document @returns {string} */
function startOf(document) {
  const start = document.indexOf('\n## The start of a stack\n');
  return start === -1 ? '' : document.slice(start);
}

/** @param {string} parent */
function makeFolder(parent) {
  return realpathSync(mkdtempSync(join(parent, 'bench-')));
}

/** @param {readonly import('./cases.mjs').Case[]} cases @param {readonly string[]} isolation @returns {readonly import('./rounds.mjs').Result[]} */
function time(cases, isolation) {
  const [list, results] = [join(folder, 'cases.json'), join(folder, 'results.json')];
  writeFileSync(list, JSON.stringify(cases));
  runNode(isolation, MEASURE, [list, results, JSON.stringify({ disk: folder, memory })]);
  return JSON.parse(readFileSync(results, 'utf8'));
}
