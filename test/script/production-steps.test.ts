/** Production's commands, with each of their questions to Docker failing: never silence, never a false "serves". */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { failEachStep } from './failing-steps.ts';
import { answer, calls, facts, fake, model, project, root, run } from './sandbox.ts';

/** What the outcome does not hang on. */
const MAY_FAIL = [
  /^volume (inspect|create) /, // so answers Docker of a volume that is not there
  /_replaced"$|name _replaced|rm -rf \/app\/media\/.replaced/, // the restored data is in its place by then, and it warns
  /^(config|secret) ls /, // those of before stay
  /^image ls /, // older releases stay, which costs room
  /healthcheck\/suspended/, // what is busy may be started again
  /^inspect --format \{\{.State.Health.Status/, // then the database is started, which changes nothing where it runs
  /^ps -aq .*service=db /, // the same
];
const SPEAKS_ITSELF = /^compose (logs|exec) /;

const RELEASES = '20260101-000000\n20260102-000000\n';

beforeEach(async () => {
  const templates = new URL('../../templates/compose/base/', import.meta.url).pathname;
  // The last is the place to which a feature contributes, not its contribution.
  for (const name of ['docker-compose.prod.yml', 'docker-compose.swarm.yml', '.env.prod.example', 'docker/dev/lib/prod-check.sh']) cpSync(join(templates, name), join(project, name));
  writeFileSync(join(project, '.env.example'), 'COMPOSE_PROJECT_NAME=app\nPOSTGRES_USER=postgres\nPOSTGRES_DB=backend_db\n');
  answer('environment', 'DJANGO_ALLOWED_HOSTS=example.test\nAPP_UID=1000\nAPP_GID=1000\nBACKEND_PROCESSES=3\nPROXY_REPLICAS=1\n'); // what a swarm of one node, and the database's connections, have room for
  answer('services', 'backend\ndb\nproxy\nredis\n');
  answer('config', model({ db: {}, redis: {}, backend: { needs: ['db', 'redis'] }, proxy: { needs: ['backend'] } }).replace('name: app', 'name: app-prod'));
  answer('facts', ['db', 'redis', 'backend', 'proxy'].map((name) => facts(`${name}1`)).join(''));
  answer('states', ['backend', 'db', 'proxy', 'redis'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-prod-${name}\n`).join(''));
  answer('containers', 'backend1\n');
  answer('containers-after', 'backend2\nbackend1\n');
  // A release is named by the second; here all have one name, so that their questions are the same.
  writeFileSync(join(fake, 'date'), `#!/bin/sh\nif [ "$*" = '-u +%Y%m%d-%H%M%S' ]; then echo 20260103-000000; else exec /bin/date "$@"; fi\n`, { mode: 0o755 });
  expect((await run(['prod', 'certificate', '--self-signed'])).exitCode).toBe(0);
});

const COMMANDS: readonly (readonly [line: string, done: RegExp])[] = [
  ['up', /serves example.test/],
  ['deploy', /serves after/],
  ['rollback', /serves again/],
  ['down', /./],
  ['status', /./],
  ['check', /Nothing keeps/],
  ['certificate --self-signed', /has read its configuration/],
  ['reload', /has read its configuration/],
  ['backup ../mine.tar', /Saved in/],
  ['restore ../kept.tar --yes-replace=app-prod', /Restored from/],
  ['deploy --swarm', /serves after/],
  ['rollback --swarm', /serves again/],
  ['status --swarm', /./],
  ['down --swarm', /./],
  ['manage check', /./],
  ['logs', /./],
];

it.each(COMMANDS)('prod %s', async (line, done) => {
  const releases = join(project, '.prod/releases');
  if (line.startsWith('restore')) await run(['prod', 'backup', '../kept.tar']);
  await failEachStep(['prod', ...line.split(' ')], {
    done,
    mayFail: MAY_FAIL,
    speaksItself: SPEAKS_ITSELF,
    prepare() {
      rmSync(join(root, 'mine.tar'), { force: true });
      rmSync(join(fake, 'scaled'), { force: true });
      mkdirSync(join(project, '.prod'), { recursive: true });
      writeFileSync(releases, RELEASES);
    },
  });
}, 60_000);

it.each(['rollback', 'rollback --swarm'])('prod %s, before there was a release, says so', async (line) => {
  const { exitCode, stderr } = await run(['prod', ...line.split(' ')]);
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('There is no release before this one.')]);
});

it.each([
  ['still coming up', '0/1'],
  ['a job that failed', '0/1 (0/1 completed)'],
])('prod deploy --swarm does not claim to serve with %s', async (_, replicas) => {
  answer('tasks', ['db', 'redis', 'migrate', 'publish-frontend', 'publish-static', 'backend', 'proxy', 'switch-files'].map((name) => `app-prod_${name} ${replicas}\n`).join(''));
  const { exitCode, stdout, stderr } = await run(['prod', 'deploy', '--swarm']);
  expect(stdout).not.toContain('serves after');
  expect([exitCode, stderr]).toEqual([1, expect.stringContaining('db did not come up')]);
});

describe.each([
  ['deploy --swarm', '20260103-000000', '20260102-000000'],
  ['rollback --swarm', '20260101-000000', '20260102-000000'],
])('prod %s, of which a part does not come up', (line, next, serves) => {
  const putBack = 'service rollback --quiet --detach=false app-prod_backend';
  beforeEach(() => {
    mkdirSync(join(project, '.prod'), { recursive: true });
    writeFileSync(join(project, '.prod/releases'), RELEASES);
    answer('tasks', ['db', 'redis', 'migrate', 'publish-frontend', 'publish-static', 'backend'].map((name) => `app-prod_${name} 1/1\n`).join('') + 'app-prod_proxy 0/1\n');
    answer('service-image', `app-prod-backend:${next}\n`);
  });

  it('puts back what came up of it, and says what serves', async () => {
    const { exitCode, stderr } = await run(['prod', ...line.split(' ')]);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(new RegExp(`proxy did not come up[^]*The release ${serves} serves on`))]);
    expect(calls()).toContain(putBack);
    expect(calls().join('\n')).not.toMatch(/service rollback .*(_db|_redis)/); // they have no release
    expect(readFileSync(join(project, '.prod/releases'), 'utf8')).toBe(RELEASES);
  });

  it('says what runs where that cannot be put back', async () => {
    answer('fail', putBack);
    const { exitCode, stderr } = await run(['prod', ...line.split(' ')]);
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(new RegExp(`backend could not be put back[^]*proxy did not come up[^]*It runs the release ${next}`))]);
    expect(stderr).not.toContain('serves on');
  });
});

it.each(['deploy --swarm', 'rollback --swarm'])('prod %s does not wait for nodes that are down', async (line) => {
  mkdirSync(join(project, '.prod'), { recursive: true });
  writeFileSync(join(project, '.prod/releases'), RELEASES);
  answer('environment', 'DJANGO_ALLOWED_HOSTS=example.test\nAPP_UID=1000\nAPP_GID=1000\nBACKEND_PROCESSES=3\n'); // two proxies
  answer('data-node', 'Down\n');
  const { exitCode, stderr } = await run(['prod', ...line.split(' ')]);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('PROXY_REPLICAS is 2, one on each node, and the nodes that answer are 1');
  expect(stderr).toContain('The node with the data does not answer');
  expect(stderr).toContain('Nothing was started.');
});
