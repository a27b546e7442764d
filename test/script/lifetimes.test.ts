/** doctor tells the software that gets no security fixes any more, or not for long, and does not call that a fault. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { answer, fake, project, run } from './sandbox.ts';

const TABLE = '# image, name, last day, who says so\nnode:20\tNode 20\t2026-04-30\thttps://example.test/node\npostgres:15\tPostgreSQL 15\t2027-11-11\thttps://example.test/pg\n';

const MODEL = `name: app
services:
  db:
    image: mirror.example.test/library/postgres:15
    user: 999:999
  frontend:
    build:
      context: /frontend
      args:
        APP_UID: "1"
        NODE_IMAGE: node:20-alpine
    image: app-frontend-dev
  proxy:
    image: nginx:1.27-alpine
volumes:
  postgres_data:
    name: app-postgres-data
`;

function on(day: string) {
  writeFileSync(join(fake, 'date'), `#!/bin/bash\n[[ "$*" == '-u +%Y-%m-%d' ]] && echo ${day} || exec /bin/date "$@"\n`, { mode: 0o755 });
  return run(['doctor']);
}

beforeEach(() => {
  mkdirSync(join(project, 'docker/dev'), { recursive: true });
  writeFileSync(join(project, 'docker/dev/lifetimes.tsv'), TABLE);
  writeFileSync(join(project, '.env'), 'APP_UID=1\nAPP_GID=1\nPOSTGRES_PASSWORD=a\nREDIS_PASSWORD=b\nPOSTGRES_USER=c\nPOSTGRES_DB=d\n', { mode: 0o600 });
  answer('config', MODEL);
});

it.each([
  ['2025-10-29', []],
  ['2025-10-30', ['Node 20 gets its last security fixes on 2026-04-30 (https://example.test/node).']],
  ['2026-05-01', ['Node 20 has had no security fixes since 2026-04-30 (https://example.test/node).']],
  ['2027-12-01', ['Node 20 has had no security fixes since', 'PostgreSQL 15 has had no security fixes since 2027-11-11']],
])('on %s: %j', async (day, told) => {
  const { stderr, stdout, exitCode } = await on(day);
  expect(stderr.match(/security fixes/g) ?? []).toHaveLength(told.length);
  for (const sentence of told) expect(stderr).toContain(sentence);
  expect(stdout).toContain('The scripts have Unix line ends');
  expect(exitCode, stderr).toBe(0);
});

it('a Node 2 is no Node 20', async () => {
  writeFileSync(join(project, 'docker/dev/lifetimes.tsv'), 'node:2\tNode 2\t2020-01-01\thttps://example.test\n');
  expect((await on('2026-05-01')).stderr).not.toContain('security fixes');
});
