/**
 * A project whose owner has taken the worked resource out, by the commands of its own docs/documents.md, is whole. Of a set of
 * features that no other file boots: see feature-sets.test.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { devScript, generate, ownPorts, remove, type Stack } from './stack.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await generate('st-without', ownPorts(3), '--websockets');
  const { exitCode, all } = await devScript(stack, ['start']);
  expect(exitCode, all).toBe(0);
}, 600_000);
afterAll(() => stack && remove(stack));

test('the commands of docs/documents.md do it', async () => {
  const [, commands = ''] = /```sh\n([^`]*)```/.exec(readFileSync(join(stack.folder, 'docs/documents.md'), 'utf8')) ?? [];
  expect(commands).toContain('rm -r');
  const { exitCode, all } = await execa('bash', ['-ec', commands], { cwd: stack.folder, all: true, reject: false, stdin: 'ignore' });
  expect(exitCode, all).toBe(0);
});

test.each(['test', 'lint', 'typecheck', 'client --check', 'start'])('./docker-dev.sh %s', async (line) => {
  const { exitCode, all } = await devScript(stack, line.split(' '));
  expect(exitCode, all).toBe(0);
});
