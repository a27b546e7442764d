import { expect, it } from 'vitest';
import type { FileSystem } from '../../src/io/file-system.ts';
import { withRetries } from '../../src/io/retry.ts';

/** A file system whose renames fail so often, and the milliseconds that were waited. */
function failing(times: number, code: string) {
  let calls = 0;
  const waited: number[] = [];
  const renameSync = () => {
    calls += 1;
    if (calls <= times) throw Object.assign(new Error(code), { code });
  };
  const fs = withRetries({ renameSync } as unknown as FileSystem, (milliseconds) => waited.push(milliseconds));
  return { rename: () => fs.renameSync('a', 'b'), calls: () => calls, waited };
}

it.each(['EPERM', 'EACCES', 'EBUSY'])('%s is tried again until it works', (code) => {
  const { rename, calls, waited } = failing(3, code);
  rename();
  expect(calls()).toBe(4);
  expect(waited).toEqual([10, 20, 50]);
});

it('is given up after two and a half seconds', () => {
  const { rename, waited } = failing(Number.POSITIVE_INFINITY, 'EPERM');
  expect(rename).toThrow('EPERM');
  expect(waited.reduce((sum, milliseconds) => sum + milliseconds, 0)).toBe(2480);
});

it('another fault is told at once', () => {
  const { rename, calls } = failing(1, 'ENOSPC');
  expect(rename).toThrow('ENOSPC');
  expect(calls()).toBe(1);
});

it('really waits', () => {
  let calls = 0;
  const started = performance.now();
  withRetries({
    rmSync: () => {
      calls += 1;
      if (calls < 3) throw Object.assign(new Error('held'), { code: 'EBUSY' });
    },
  } as unknown as FileSystem).rmSync('a');
  expect(performance.now() - started).toBeGreaterThan(25);
});
