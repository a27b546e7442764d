/** `self-test`: the tests that stay with the project pass, see a change that breaks a promise, and find the owner's own. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { calls, project, run } from './sandbox.ts';

it('passes, without Docker', async () => {
  const { exitCode, stdout } = await run(['self-test']);
  expect(stdout).toMatch(/^9 tests, 0 failed\.$/m);
  expect(exitCode).toBe(0);
  expect(calls()).toEqual([]);
}, 60_000);

it('sees what breaks a promise', async () => {
  const path = join(project, 'docker/dev/lib/backup.sh');
  writeFileSync(path, readFileSync(path, 'utf8').replace("fail 'The database could not be saved (see above). There is no backup.'", 'true'));
  const { exitCode, stdout } = await run(['self-test', 'backup']);
  expect(stdout).toMatch(/^x {3}test_a_backup_whose_dump_fails_is_none\n {4}\S/m);
  expect(exitCode).toBe(1);
}, 60_000);

it('runs the tests of commands/ too', async () => {
  mkdirSync(join(project, 'commands/test'), { recursive: true });
  writeFileSync(join(project, 'commands/own.sh'), '## seed: Fill\ncmd_seed() { say seeded; }\n');
  writeFileSync(join(project, 'commands/test/own.test.sh'), 'test_seed_says_so() {\n  script seed\n  ends 0\n  says seeded\n}\n');
  expect((await run(['self-test', 'seed'])).stdout).toMatch(/^ok {2}test_seed_says_so\n1 tests, 0 failed\.$/m);
  expect((await run(['self-test', 'none-such'])).exitCode).toBe(2);
}, 60_000);
