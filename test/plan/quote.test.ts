import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { quote } from '../../src/plan/quote.ts';
import { POSIX } from '../process/run.ts';

it.each([
  ['app', 'app'],
  ['../my-app', '../my-app'],
  ['db.memory=1g', 'db.memory=1g'],
  ['=ls', '"=ls"'],
  ['my app', '"my app"'],
  [String.raw`C:\Users\me\app`, String.raw`"C:\Users\me\app"`],
  ['a $HOME', "'a $HOME'"],
  ["it's $5", String.raw`'it'\''s $5'`],
])('%s is typed as %s', (path, word) => {
  expect(quote(path)).toBe(word);
});

describe.runIf(POSIX)('a shell reads back', () => {
  it.each(['my app', "it's", 'a "b"', 'a $HOME', 'a `b`', '`id`', '$(id)', '${HOME}', "it's $(id)", 'a!b', '', '-n', 'a\\nb', String.raw`\\server\share`, 'two\nlines', 'a;b', 'a&b', '~', 'a*', String.raw`C:\x y`, 'ends with \\', "both ' and $"])('%s', async (path) => {
    const { stdout } = await execa('bash', ['-c', `printf %s ${quote(path)}`]);
    expect(stdout).toBe(path);
  });
});
