import { expect, it } from 'vitest';
import { explainNpmFlags, findNpmFlags } from '../../src/cli/npm-flags.ts';

const npm = (config: Readonly<Record<string, string>>) =>
  findNpmFlags({ npm_command: 'exec', ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`npm_config_${key}`, value])) });

it.each([
  [{ celery: 'true' }, { celery: true }, ['--celery']],
  [{ celery: 'false' }, { celery: false }, ['--no-celery']],
  [{ celery: '' }, { celery: false }, ['--no-celery']],
  [{ git: 'false' }, { git: false }, ['--no-git']],
  [{ git: '/usr/bin/git' }, {}, []],
  [{ images: 'current', proxy_port: '8080' }, { proxyPort: 8080, images: 'current' }, ['--proxy-port 8080', '--images current']],
  [{ limit: 'db.memory=1g\n\nredis.memory=1g' }, { limit: [{ service: 'db', key: 'memory', value: 1024 }, { service: 'redis', key: 'memory', value: 1024 }] }, ['--limit db.memory=1g --limit redis.memory=1g']],
  [{ yes: 'true', user_agent: 'npm' }, {}, []],
])('%j is certain', (config, answers, accepted) => {
  expect(npm(config)).toMatchObject({ partial: { answers }, accepted, incomplete: [], misspelt: [] });
});

it('only npm create and npm exec are trusted, not a script that npm runs', () => {
  expect(findNpmFlags({ npm_command: 'run-script', npm_config_celery: 'true' })).toMatchObject({ partial: { answers: {} }, accepted: [] });
});

it('a value that npm tore off is told with the command that works', () => {
  const npmFlags = npm({ celery: 'true', proxy_port: 'true' });
  expect(explainNpmFlags(npmFlags, ['app', '8080'])).toEqual([
    'npm kept flags for itself (--proxy-port) and tore their values off. Type -- in front of them: npm create devstack@latest -- app --celery --proxy-port 8080',
  ]);
});

it('the command to type is one that a shell reads back', () => {
  const npmFlags = npm({ config: 'my `answers`.json', db_port: 'true' });
  expect(explainNpmFlags(npmFlags, ['a $HOME', '5433'])[0]).toContain("-- 'a $HOME' --config 'my `answers`.json' --db-port 5433");
});

it('with several torn flags nobody knows whose the words are', () => {
  const npmFlags = npm({ db_port: 'true', proxy_port: 'true' });
  expect(explainNpmFlags(npmFlags, ['app', '1', '2'])[0]).toContain('npm create devstack@latest -- app --proxy-port PORT --db-port PORT');
});

it.each([
  [{ dry_run: 'true', json: 'true' }, { dryRun: true, json: true }, ['--dry-run', '--json']],
  [{ print_schema: 'true' }, { printSchema: true }, ['--print-schema']],
  [{ config: 'a.json' }, { config: 'a.json' }, ['--config a.json']],
  [{ yes: 'true', dry_run: '' }, {}, []],
])('%j is the kind of run that was asked for', (config, modes, accepted) => {
  expect(npm(config)).toMatchObject({ modes, accepted, incomplete: [] });
});

it('a file of answers that npm tore off is told', () => {
  expect(explainNpmFlags(npm({ config: 'true' }), ['app', 'a.json'])[0]).toContain('npm create devstack@latest -- app --config a.json');
});

it.each([
  [{ celry: 'true' }, '--celry', '--celery'],
  [{ gti: '' }, '--no-gti', '--no-git'],
  [{ proxyport: '8080' }, '--proxyport', '--proxy-port'],
  [{ dryrun: 'true' }, '--dryrun', '--dry-run'],
])('%j is a flag misspelt', (config, typed, meant) => {
  const npmFlags = npm(config);
  expect(npmFlags.misspelt).toEqual([{ typed, meant }]);
  expect(explainNpmFlags(npmFlags, ['app'])).toEqual([
    `npm kept ${typed} for itself, and it is no flag of create-devstack. Did you mean ${meant}? Type -- in front of them: npm create devstack@latest -- app ${meant}`,
  ]);
});

// What `npm config ls -l` lists, npm 10 and 11.
const OF_NPM =
  'access all allow-same-version also audit audit-level auth-type before bin-links browser ca cache cafile call cert cidr color commit-hooks cpu depth description dev diff diff-dst-prefix diff-ignore-all-space diff-name-only diff-no-prefix diff-src-prefix diff-text diff-unified editor engine-strict expect-result-count expect-results fetch-retries fetch-retry-factor fetch-timeout force foreground-scripts format-package-lock fund git-tag-version global global-style globalconfig heading https-proxy if-present ignore-scripts include include-staged include-workspace-root init-author-email init-author-name init-author-url init-license init-module init-private init-type init-version install-links install-strategy key legacy-bundling legacy-peer-deps libc link local-address local-prefix location lockfile-version loglevel logs-dir logs-max long maxsockets message node-options noproxy offline omit only optional os otp pack-destination package package-lock package-lock-only parseable prefer-dedupe prefer-offline prefer-online prefix preid production progress provenance provenance-file proxy read-only rebuild-bundle registry replace-registry-host save save-bundle save-dev save-exact save-optional save-peer save-prefix save-prod sbom-format sbom-type scope script-shell searchexclude searchlimit searchopts searchstaleness shell shrinkwrap sign-git-commit sign-git-tag strict-peer-deps strict-ssl tag tag-version-prefix timing tmp umask unicode update-notifier usage user-agent userconfig versions viewer which workspace workspaces workspaces-update allow-scripts omit-lockfile-registry-resolved node-gyp npm-version global-prefix';

it('no setting of npm is taken for one', () => {
  expect(npm(Object.fromEntries(OF_NPM.split(' ').map((name) => [name.replaceAll('-', '_'), 'true']))).misspelt).toEqual([]);
});
