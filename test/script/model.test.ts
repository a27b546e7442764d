/** What the script takes from the resolved Compose model, so that no file of it has to know a service by name. */
import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { answer, calls, environment, model, project, run, STACK } from './sandbox.ts';

/** Calls a function of the script, with the model loaded. */
function call(line: string): string[] {
  const script = 'set -euo pipefail; ROOT=$PWD; for file in docker/dev/lib/*.sh; do source "$file"; done; load_model; eval "$0"';
  return execFileSync('bash', ['-c', script, line], { cwd: project, env: environment(), encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).split('\n').filter(Boolean);
}

describe('the order of services', () => {
  it('is that of their needs, else that of their names', () => {
    answer('config', STACK);
    expect(call('service_names')).toEqual(['db', 'redis', 'backend', 'frontend', 'mailer', 'proxy', 'runner']);
  });

  it('holds for needs that go against the names', () => {
    answer('config', model({ a: { needs: ['c'] }, b: {}, c: { needs: ['d'] }, d: {} }));
    expect(call('service_names')).toEqual(['b', 'd', 'c', 'a']);
  });
});

it('tells who needs whom, and who builds what', () => {
  answer('config', STACK);
  const expected: Record<string, readonly string[]> = {
    'dependents_of db': ['backend', 'frontend', 'mailer', 'proxy', 'runner'],
    'dependents_of proxy': [],
    'with_needs frontend': ['db', 'redis', 'backend', 'frontend'],
    'with_needs runner redis': ['db', 'redis', 'runner'],
    'builders_for runner': ['backend'],
    'builders_for db redis': [],
    'builders_for proxy frontend runner': ['backend', 'frontend'],
    'volume_of postgres_data': ['app-postgres-data'],
  };
  const lines = Object.keys(expected);
  const told = call(lines.map((line) => `${line} | tr '\\n' ' '; echo .`).join(';'));
  expect(Object.fromEntries(told.map((text, i) => [lines[i], text.split(' ').slice(0, -1)]))).toEqual(expected);
});

it('start of a service whose image another builds, builds that one', async () => {
  answer('config', STACK);
  answer('states', ['db', 'redis', 'runner'].map((name) => `${name}\trunning\tUp (healthy)\n`).join(''));
  expect((await run(['start', 'runner'])).exitCode).toBe(0);
  expect(calls()).toContain('compose --progress plain build backend');
});
