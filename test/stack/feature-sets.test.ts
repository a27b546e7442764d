/** Every set of features boots, is healthy, and passes its own checks. The sets that other files boot are theirs. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FEATURE_SETS, flagsOf } from '../feature-sets.ts';
import { compose, devScript, generate, ownPorts, remove, type Stack } from './stack.ts';

/** By fresh-clone.test.ts, global-setup.ts, worked-resource.test.ts and current-images.test.ts. */
const BOOTED_ELSEWHERE = [[], ['--celery'], ['--websockets'], ['--celery', '--websockets']].map(String);

const sets = FEATURE_SETS.map(flagsOf).filter((flags) => !BOOTED_ELSEWHERE.includes(String(flags)));

test('whatever is booted elsewhere is a set of features', () => {
  expect(FEATURE_SETS.map(flagsOf).map(String)).toEqual(expect.arrayContaining(BOOTED_ELSEWHERE));
});

describe.each(sets.map((flags, index) => ({ flags, index })))('$flags', ({ flags, index }) => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await generate(`st-set-${index}`, ownPorts(10 + index), ...flags);
  });
  afterAll(() => stack && remove(stack));

  test('every service is healthy', async () => {
    const { exitCode, all } = await devScript(stack, ['start']);
    expect(exitCode, all).toBe(0);
    const states = (await compose(stack, 'ps', '--format', '{{.Service}} {{.Health}}')).split('\n');
    expect(states.filter((state) => !state.endsWith(' healthy'))).toEqual([]);
    expect(states.length).toBeGreaterThanOrEqual(5);
  }, 600_000);

  test.each(['test', 'lint', 'typecheck'])('./docker-dev.sh %s', async (command) => {
    const { exitCode, all } = await devScript(stack, [command]);
    expect(exitCode, all).toBe(0);
  });
});
