/** The CI workflows, ours and the emitted one, by GitHub's own parser: valid, and what they run is what a developer types. */
import { readFileSync } from 'node:fs';
import type * as Parser from '@actions/workflow-parser';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { importBundled } from '../../build/import-bundled.mjs';

const { NoOperationTraceWriter, parseWorkflow } = await importBundled<typeof Parser>('node_modules/@actions/workflow-parser/dist/index.js');

const PATH = '.github/workflows/ci.yml';
const textOf = (folder: string) => readFileSync(new URL(`../../${folder}${PATH}`, import.meta.url), 'utf8');
const OURS = textOf('');
const EMITTED = textOf('templates/compose/base/');

const errorsOf = (content: string) => parseWorkflow({ name: PATH, content }, new NoOperationTraceWriter()).context.errors.getErrors().map(({ message }) => message);

it.each([{ which: 'ours', text: OURS }, { which: 'the emitted one', text: EMITTED }])('$which is valid', ({ text }) => {
  expect(errorsOf(text)).toEqual([]);
  expect(errorsOf(text.replace('runs-on: ubuntu-latest', 'run-on: ubuntu-latest'))).not.toEqual([]);
});

it('the emitted one runs nothing but the command that a developer types', () => {
  const { stack } = (parse(EMITTED) as { jobs: { stack: { steps: { run?: string }[] } } }).jobs;
  const commands = stack.steps.flatMap(({ run }) => run ?? []);
  expect(commands).toContain('./docker-dev.sh start');
  expect(commands.filter((command) => !command.startsWith('./docker-dev.sh '))).toEqual([]);
});

it('ours runs the tests on Linux, macOS and Windows, on Node 20 and 24', () => {
  const { generator } = (parse(OURS) as { jobs: { generator: { strategy: { matrix: object }; steps: { run?: string }[] } } }).jobs;
  expect(generator.strategy.matrix).toEqual({ os: ['ubuntu-latest', 'macos-latest', 'windows-latest'], node: [20, 24] });
  expect(generator.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npm test']);
});
