/** The newer set of images, with every feature: a project with it boots, is healthy, has the same routes, and its own checks pass. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FEATURES } from '../../src/options/features.ts';
import { ROUTES, SERVICES, type Service } from './architecture.ts';
import { ask } from './http.ts';
import { inspect } from './inspect.ts';
import { dev, devScript, exec, generate, ownPorts, remove, type Stack } from './stack.ts';

const VERSIONS: Readonly<Record<Service, { readonly command: readonly string[]; readonly says: RegExp }>> = {
  db: { command: ['postgres', '--version'], says: / 18\./ },
  redis: { command: ['redis-server', '--version'], says: /v=8\./ },
  backend: { command: ['python', '--version'], says: / 3\.14\./ },
  celery: { command: ['python', '--version'], says: / 3\.14\./ },
  frontend: { command: ['node', '--version'], says: /^v24\./ },
  proxy: { command: ['sh', '-c', 'nginx -v 2>&1'], says: /1\.30\./ },
};

let stack: Stack;
beforeAll(async () => {
  stack = await generate('st-current', ownPorts(2), ...FEATURES.map(({ flag }) => `--${flag}`), '--images', 'current');
  await dev(stack, 'start');
}, 600_000);
afterAll(() => stack && remove(stack));

describe.each(SERVICES)('$service', ({ service }) => {
  test('runs healthy, in the newer version', async () => {
    expect((await inspect(stack, service)).State.Health?.Status).toBe('healthy');
    const { command, says } = VERSIONS[service];
    expect(await exec(stack, service, ...command)).toMatch(says);
  });
});

test.each(ROUTES)('$path is answered by the $from', async ({ path, status, type, body }) => {
  const answer = await ask({ port: stack.ports.proxy, path, headers: { Accept: 'text/html,application/json;q=0.9,*/*;q=0.8' } });
  expect(answer.status).toBe(status);
  expect(answer.headers['content-type']?.[0]).toMatch(type);
  expect(answer.text).toMatch(body);
});

// What looks at the code without running it is the same by either set.
test.each(['test backend', 'test frontend src/app src/shared', 'typecheck'])('./docker-dev.sh %s', async (line) => {
  const { exitCode, all } = await devScript(stack, line.split(' '));
  expect(exitCode, all).toBe(0);
});
