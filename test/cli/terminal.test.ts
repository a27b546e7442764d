import { expect, it } from 'vitest';
import { canAsk } from '../../src/cli/terminal.ts';

const tty = { isTTY: true };
const pipe = {};

it.each([
  ['a terminal at both ends', { stdin: tty, stdout: tty }, {}, true],
  ['standard input a pipe', { stdin: pipe, stdout: tty }, {}, false],
  ['standard output a pipe', { stdin: tty, stdout: pipe }, {}, false],
  ['CI=true', { stdin: tty, stdout: tty }, { CI: 'true' }, false],
  ['CI=1', { stdin: tty, stdout: tty }, { CI: '1' }, false],
  ['CI=false', { stdin: tty, stdout: tty }, { CI: 'false' }, true],
  ['CI empty', { stdin: tty, stdout: tty }, { CI: '' }, true],
])('with %s', (_, streams, env, asks) => {
  expect(canAsk(streams, env)).toBe(asks);
});
