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

it('the emitted one looks through both images of production, by an action that nobody can exchange', () => {
  const { images } = (parse(EMITTED) as { jobs: { images: { strategy: { matrix: object }; steps: { run?: string; uses?: string; with?: object }[] } } }).jobs;
  expect(images.strategy.matrix).toEqual({ part: ['backend', 'frontend'] });
  expect(images.steps.flatMap(({ run }) => run ?? [])).toEqual(['docker build --target production --tag production ${{ matrix.part }}']);
  const { uses, with: options } = images.steps.at(-1)!;
  expect(uses).toMatch(/^aquasecurity\/trivy-action@[0-9a-f]{40}$/);
  expect(options).toMatchObject({ 'image-ref': 'production', 'exit-code': '1' });
});

it('what is asked before a commit is what the script offers, of each part by its own folder', () => {
  const { repos } = parse(readFileSync(new URL('../../templates/compose/base/.pre-commit-config.yaml', import.meta.url), 'utf8')) as { repos: { repo: string; hooks: Record<string, unknown>[] }[] };
  expect(repos.map(({ repo }) => repo)).toEqual(['local']);
  expect(repos[0]!.hooks.map(({ entry, files, pass_filenames: named }) => [entry, files, named])).toEqual(
    ['backend', 'frontend'].map((part) => [`./docker-dev.sh lint ${part} --changed`, `^${part}/`, false]),
  );
});

it('ours runs the tests on Linux, macOS and Windows, on Node 20 and 24', () => {
  const { generator } = (parse(OURS) as { jobs: { generator: { strategy: { matrix: object }; steps: { run?: string }[] } } }).jobs;
  expect(generator.strategy.matrix).toEqual({ os: ['ubuntu-latest', 'macos-latest', 'windows-latest'], node: [20, 24] });
  expect(generator.steps.flatMap(({ run }) => run ?? [])).toEqual(['npm ci', 'npm test']);
});
