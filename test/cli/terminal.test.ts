import { expect, it } from 'vitest';
import { findDriver, isTerminal } from '../../src/cli/terminal.ts';

const tty = { isTTY: true };
const pipe = {};

it.each([
  ['a terminal at both ends', { stdin: tty, stdout: tty }, true],
  ['standard input a pipe', { stdin: pipe, stdout: tty }, false],
  ['standard output a pipe', { stdin: tty, stdout: pipe }, false],
])('with %s', (_, streams, expected) => {
  expect(isTerminal(streams)).toBe(expected);
});

it.each([
  [{}, undefined],
  [{ CI: 'true' }, 'CI'],
  [{ CI: '1' }, 'CI'],
  [{ CI: 'false' }, undefined],
  [{ CI: '' }, undefined],
  [{ CLAUDECODE: '1' }, 'CLAUDECODE'],
  [{ CURSOR_AGENT: '1' }, 'CURSOR_AGENT'],
  [{ GEMINI_CLI: '1' }, 'GEMINI_CLI'],
  [{ CODEX_SANDBOX: 'seatbelt' }, 'CODEX_SANDBOX'],
  [{ AI_AGENT: 'a-new-one' }, 'AI_AGENT'],
  [{ AI_AGENT: '0' }, undefined],
  // What a person sets, or has in a terminal of an editor.
  [{ CURSOR_TRACE_ID: 'x', GOOSE_PROVIDER: 'x', COPILOT_MODEL: 'x', TERM_PROGRAM: 'vscode' }, undefined],
])('of %j the driver is %s', (env, driver) => {
  expect(findDriver(env)).toBe(driver);
});
