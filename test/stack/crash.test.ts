/** Code that does not load is told to whoever waits for it, with its line, and goes on by itself once it is mended. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, inject, test } from 'vitest';
import { ask } from './http.ts';
import { untilHealthy } from './inspect.ts';
import { keep } from './measured.ts';
import { devScript } from './stack.ts';
import { timed, until } from './until.ts';

const stack = inject('stack');
const FILE = join(stack.folder, 'backend/apps/users/urls.py');
const API = '/api/v1/health/live/';

let original: string;
const mend = async () => {
  await writeFile(FILE, original);
  await untilHealthy(stack, ['backend'], 60);
};
beforeAll(async () => {
  original = await readFile(FILE, 'utf8');
  await untilHealthy(stack, ['backend'], 60);
});
afterEach(mend);

test.each([
  { what: 'a typing mistake', code: 'def half(\n', exception: "SyntaxError: '(' was never closed", place: /^apps\/users\/urls\.py:\d+$/ },
  { what: 'an exception', code: 'raise LookupError("not there")\n', exception: 'LookupError: not there', place: /^apps\/users\/urls\.py:\d+ in <module>$/ },
])('$what', async ({ code, exception, place }) => {
  await writeFile(FILE, original + code);
  const told = await until('told', async () => {
    const answer = await ask({ port: stack.ports.proxy, path: API });
    return answer.status === 503 && answer;
  }, { seconds: 15 });
  expect(told.headers['content-type']).toEqual(['application/problem+json']);
  expect(JSON.parse(told.text)).toMatchObject({ status: 503, crash: { exception, frame: expect.stringMatching(place) } });
  // Pages get the proxy's own, which asks for this and comes back by itself.
  expect((await ask({ port: stack.ports.proxy, path: '/admin/' })).status).toBe(502);
  // The probe runs every 10 s; `status` says what the last one found, and names what shows the fault.
  const status = await until('not called healthy', async () => {
    const { all } = await devScript(stack, ['status', '--quick']);
    return /^backend +(failing|unhealthy) /m.test(all) && all;
  }, { seconds: 15 });
  const named = /Why: \.\/docker-dev\.sh (\S+) /.exec(status)![1]!;
  expect((await devScript(stack, [named])).all).toContain(exception);
  await writeFile(FILE, original);
  const { seconds } = await timed(() => until('mended', async () => (await ask({ port: stack.ports.proxy, path: API })).status === 200, { seconds: 15, every: 50 }));
  keep('mended code in use after a save, s', seconds, 5);
  expect(seconds).toBeLessThanOrEqual(5);
});
