import { expect, it } from 'vitest';
import { resolve, toAnswers } from '../../src/options/resolve.ts';
import { answersOf, HOST, optionsOf } from '../fixtures.ts';

it('options cannot be changed, at any depth', () => {
  const options = optionsOf();
  expect(Object.isFrozen(options)).toBe(true);
  expect(() => Object.assign(options.limits.db, { cpus: 9 })).toThrow(TypeError);
});

it('two services on one host port are a clash that names both', () => {
  const { clashes } = resolve(answersOf({ dbPort: 80 }), HOST);
  expect(clashes).toEqual([{ keys: ['proxyPort', 'dbPort'], problem: expect.stringContaining('host port 80 would be shared by proxy and db') }]);
});

it('a limit below its reservation is a clash that says how to mend it', () => {
  const { clashes } = resolve(answersOf({ limit: [{ service: 'db', key: 'memory', value: 128 }] }), HOST);
  expect(clashes).toMatchObject([{ keys: ['limit'], problem: 'db.memory=128m is below its reservation of 256m; raise it to 256m or more, or lower db.memory-reserve' }]);
});

it('a limit and its reservation lowered together are fine', () => {
  const limit = [
    { service: 'db', key: 'memory', value: 128 },
    { service: 'db', key: 'memory-reserve', value: 128 },
  ] as const;
  expect(resolve(answersOf({ limit }), HOST).clashes).toEqual([]);
});

it('a fitted table is told as the limits it came to, so that another machine makes the same project', () => {
  const fitted = resolve(answersOf({ limits: 'fit' }), { cpus: 2, memory: 4096 }).options;
  const elsewhere = resolve({ ...answersOf(), ...toAnswers(fitted) }, HOST).options;
  expect(toAnswers(fitted).limits).toBe('default');
  expect(elsewhere).toEqual(fitted);
});

it('a limit given by hand wins over the fitted table', () => {
  const { options } = resolve(answersOf({ limits: 'fit', limit: [{ service: 'frontend', key: 'memory', value: 1000 }] }), { cpus: 2, memory: 4096 });
  expect(options.limits.frontend.memory).toBe(1000);
});
