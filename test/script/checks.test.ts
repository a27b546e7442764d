/** test, lint and typecheck with --json: what the tools printed, as findings with file and line. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, project, run } from './sandbox.ts';

beforeEach(() => writeFileSync(join(project, '.env'), 'COMPOSE_PROJECT_NAME=app\n'));

const of = async (line: string, printed: string) => {
  answer('exit-code', '1\n');
  answer('printed', printed);
  const { stdout, stderr, exitCode } = await run(line.split(' '));
  expect(exitCode).toBe(1);
  expect(stderr).toBe('');
  return JSON.parse(stdout) as { ok: boolean; parts: { part: string; ok: boolean; exit: number; findings: { file: string | null; line: number | null; message: string }[]; output: string }[] };
};

it.each([
  ['lint backend --json', 'I001 [*] Import block is un-sorted\n --> bad.py:1:1\n  |\n1 | import os\n\nFound 1 error.\nWould reformat: apps/x.py\n', [['backend/bad.py', 1, 'I001 [*] Import block is un-sorted'], ['backend/apps/x.py', null, 'not formatted']]],
  ['typecheck backend --json', 'bad.py:2: error: Incompatible types in assignment  [assignment]\nbad.py:3: note: See\nFound 1 error in 1 file (checked 1 source file)\n', [['backend/bad.py', 2, 'Incompatible types in assignment  [assignment]']]],
  ['test backend --json -k one', '=== FAILURES ===\n_______ TestA.test_one _______\n\n>       assert 1 == 2\nE       assert 1 == 2\n\ntests/test_bad.py:5: AssertionError\n=== short test summary info ===\nFAILED tests/test_bad.py::TestA::test_one - assert 1 == 2\nERROR tests/test_other.py - ImportError: x\nFAIL Required test coverage of 100% not reached. Total coverage: 99.9%\n', [['backend/tests/test_bad.py', 5, 'TestA.test_one: assert 1 == 2'], ['backend/tests/test_other.py', null, 'ImportError: x'], [null, null, 'FAIL Required test coverage of 100% not reached. Total coverage: 99.9%']]],
  ['lint frontend --json', '\n  ! eslint(no-debugger): `debugger` is not allowed\n   ,-[src/bad.ts:1:1]\n 1 | debugger;\n   `----\n  × other\n   ╭─[src/b.ts:7:1]\n[warn] src/bad.ts\n[warn] Code style issues found in the above file. Run Prettier with --write to fix.\n', [['frontend/src/bad.ts', 1, 'eslint(no-debugger): `debugger` is not allowed'], ['frontend/src/b.ts', 7, 'other'], ['frontend/src/bad.ts', null, 'not formatted']]],
  ['typecheck frontend --json', "src/bad.ts(2,8): error TS2322: Type 'string' is not assignable to type 'number'.\n", [['frontend/src/bad.ts', 2, "TS2322: Type 'string' is not assignable to type 'number'."]]],
  ['test frontend --json', '\u001b[41m\u001b[1m FAIL \u001b[22m\u001b[49m src/bad.test.ts > adding > adds\n\u001b[31mAssertionError: expected 1 to be 2\u001b[39m\n\n- Expected\n+ Received\n\n ❯ src/bad.test.ts:4:15\n    4|     expect(1).toBe(2)\n FAIL  src/suite.test.ts\nError: it does not load\n', [['frontend/src/bad.test.ts', 4, 'adding > adds: AssertionError: expected 1 to be 2'], ['frontend/src/suite.test.ts', null, 'Error: it does not load']]],
])('%s', async (line, printed, findings) => {
  const { ok, parts } = await of(line, printed);
  expect(ok).toBe(false);
  expect(parts).toHaveLength(1);
  expect(parts[0]!.findings.map(({ file, line: at, message }) => [file, at, message])).toEqual(findings);
});

it('both parts are looked at where the first fails, and the end of what was printed is told', async () => {
  const { parts } = await of('lint --json', Array.from({ length: 80 }, (_, index) => `line ${index} "é\\"\n`).join(''));
  expect(parts.map(({ part, ok, exit }) => [part, ok, exit])).toEqual([
    ['backend', false, 1],
    ['frontend', false, 1],
  ]);
  expect(parts[0]!.output.split('\n').at(-1)).toBe('line 79 "é\\"');
  expect(parts[0]!.output.split('\n')).toHaveLength(60);
});

it('what is well has no output, and ends with 0', async () => {
  const { stdout, exitCode } = await run(['typecheck', '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ task: 'typecheck', ok: true, parts: [{ ok: true, exit: 0, findings: [], output: '' }, { ok: true }] });
});

it('hands on all arguments but --json, and refuses a part that is none', async () => {
  await run(['test', 'backend', '--json', '-k', 'two words']);
  expect(calls().some((call) => call.endsWith('pytest -k two words'))).toBe(true);
  const { exitCode, stdout } = await run(['lint', 'database', '--json']);
  expect([exitCode, stdout]).toEqual([2, '']);
});

describe('lint --changed', () => {
  const git = (...args: string[]) => execa('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.test', ...args], { cwd: project });
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  };
  const looked = () => calls().filter((call) => /ruff|oxlint|prettier|lint-imports/.test(call));

  it('needs a commit', async () => {
    const { exitCode, stderr } = await run(['lint', '--changed']);
    expect(stderr).toContain('known only where there is a commit');
    expect(exitCode).toBe(2);
  });

  it('looks at what the last commit does not have so, and at nothing else', async () => {
    for (const path of ['backend/apps/one.py', 'backend/apps/two.py', 'backend/apps/gone.py', 'frontend/src/one.ts', 'frontend/package.json']) write(path, '1\n');
    await git('init', '--quiet');
    await git('add', '.');
    await git('commit', '--quiet', '-m', 'All');
    expect((await run(['lint', '--changed'])).exitCode).toBe(0);
    expect(looked()).toEqual([]);
    write('backend/apps/two.py', '2\n');
    write('backend/apps/new one.py', '1\n');
    rmSync(join(project, 'backend/apps/gone.py'));
    write('frontend/src/one.ts', '2\n');
    expect((await run(['lint', '--changed'])).exitCode).toBe(0);
    expect(looked()).toEqual([
      'compose exec -T backend ruff check --force-exclude apps/new one.py apps/two.py',
      'compose exec -T backend ruff format --check --force-exclude apps/new one.py apps/two.py',
      expect.stringMatching(/frontend sh -c .*oxlint .* lint src\/one\.ts$/),
    ]);
    answer('fail-at', 'ruff format --check');
    expect((await run(['lint', 'backend', '--changed'])).exitCode).toBe(1);
  });
});

it.each([
  ['test', 0, true],
  ['test backend tests/x.py', 0, true],
  ['test', 1, false],
  ['test frontend', 0, false],
])('after "%s" that ends with %i the first page knows of tests that passed: %s', async (line, code, known) => {
  mkdirSync(join(project, 'backend/logs'), { recursive: true });
  answer('exit-code', `${code}\n`);
  expect((await run(line.split(' '))).exitCode).toBe(code);
  expect(existsSync(join(project, 'backend/logs/tests-passed'))).toBe(known);
});
