/** The CI workflow, by GitHub's own parser: it is valid, and runs the tests on three systems and both Nodes. */
import { readFileSync } from 'node:fs';
import type * as Parser from '@actions/workflow-parser';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { importBundled } from '../../build/import-bundled.mjs';

const { NoOperationTraceWriter, parseWorkflow } = await importBundled<typeof Parser>('node_modules/@actions/workflow-parser/dist/index.js');

const PATH = '.github/workflows/ci.yml';
const TEXT = readFileSync(new URL(`../../${PATH}`, import.meta.url), 'utf8');

const errorsOf = (content: string) => parseWorkflow({ name: PATH, content }, new NoOperationTraceWriter()).context.errors.getErrors().map(({ message }) => message);

it('is valid', () => {
  expect(errorsOf(TEXT)).toEqual([]);
  expect(errorsOf(TEXT.replace('runs-on: ubuntu-latest', 'run-on: ubuntu-latest'))).not.toEqual([]);
});

it('runs the tests on Linux, macOS and Windows, on Node 20 and 24', () => {
  const { generator } = (parse(TEXT) as { jobs: { generator: { strategy: { matrix: object }; steps: { run?: string }[] } } }).jobs;
  expect(generator.strategy.matrix).toEqual({ os: ['ubuntu-latest', 'macos-latest', 'windows-latest'], node: [20, 24] });
  expect(generator.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npm test']);
});
