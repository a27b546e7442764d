/** `--start`: from nothing to a healthy project by one command, as a script would call it. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { ask } from './http.ts';
import { create, ownPorts, place, remove, type Stack } from './stack.ts';

let stack: Stack | undefined;
afterEach(async () => {
  if (stack !== undefined) await remove(stack);
});

test('the project is healthy when the command ends, and standard output is one document', async () => {
  stack = await place('st-flag', ownPorts(6));
  const { stdout, stderr } = await create(stack, '--no-git', '--start', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'created', exitCode: 0, start: 0 });
  expect(stderr).toContain(`http://localhost:${stack.ports.proxy}`);
  expect((await ask({ port: stack.ports.proxy, path: '/api/v1/health/' })).status).toBe(200);
  expect((await ask({ port: stack.ports.proxy, path: '/' })).status).toBe(200);
});

test('a start that fails is the exit code, and the project is there all the same', async () => {
  stack = await place('st-taken', ownPorts(7));
  const taken = createServer().listen(stack.ports.proxy, '127.0.0.1');
  onTestFinished(() => void taken.close());
  await once(taken, 'listening');
  const failed = await create(stack, '--no-git', '--start', '--json').catch((error: unknown) => error);
  expect(failed).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(String(stack.ports.proxy)) });
  expect(JSON.parse((failed as { stdout: string }).stdout)).toMatchObject({ outcome: 'created', exitCode: 1 });
});
