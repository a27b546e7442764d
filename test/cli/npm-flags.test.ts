import { expect, it } from 'vitest';
import { explainTorn, findSwallowed } from '../../src/cli/npm-flags.ts';

const npm = (config: Readonly<Record<string, string>>) =>
  findSwallowed({ npm_command: 'exec', ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`npm_config_${key}`, value])) });

it.each([
  [{ celery: 'true' }, { celery: true }, ['--celery']],
  [{ celery: 'false' }, { celery: false }, ['--no-celery']],
  [{ git: 'false' }, { git: false }, ['--no-git']],
  [{ git: '/usr/bin/git' }, {}, []],
  [{ images: 'current', proxy_port: '8080' }, { proxyPort: 8080, images: 'current' }, ['--proxy-port 8080', '--images current']],
  [{ limit: 'db.memory=1g\n\nredis.memory=1g' }, { limit: [{ service: 'db', key: 'memory', value: 1024 }, { service: 'redis', key: 'memory', value: 1024 }] }, ['--limit db.memory=1g --limit redis.memory=1g']],
  [{ yes: 'true', user_agent: 'npm' }, {}, []],
])('%j is certain', (config, answers, taken) => {
  expect(npm(config)).toMatchObject({ given: { answers }, taken, torn: [] });
});

it('only npm create and npm exec are trusted, not a script that npm runs', () => {
  expect(findSwallowed({ npm_command: 'run-script', npm_config_celery: 'true' })).toMatchObject({ given: { answers: {} }, taken: [] });
});

it('a value that npm tore off is told with the command that works', () => {
  const swallowed = npm({ celery: 'true', proxy_port: 'true' });
  expect(explainTorn(swallowed, ['app', '8080'])).toBe(
    'npm kept flags for itself (--proxy-port) and tore their values off. Type -- in front of them: npm create devstack@latest -- app --celery --proxy-port 8080',
  );
});

it('with several torn flags nobody knows whose the words are', () => {
  const swallowed = npm({ db_port: 'true', proxy_port: 'true' });
  expect(explainTorn(swallowed, ['app', '1', '2'])).toContain('npm create devstack@latest -- app --proxy-port PORT --db-port PORT');
});
