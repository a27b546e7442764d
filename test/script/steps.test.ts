/** Every command that asks Docker more than once, with each of its questions failing: never silence, never a false "✓". */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failEachStep } from './failing-steps.ts';
import { answer, facts, model, project, run } from './sandbox.ts';

/** What the outcome does not hang on: a look for what might be better known, or a wish. */
const MAY_FAIL = [
  /^inspect --format \{\{.State.Health.Status/, // then the database is started, which changes nothing where it runs
  /^ps -aq .*service=db /, // the same
  /_replaced"$|name _replaced|name before-restore$|drop before-restore$|snapshots\/before-restore$|rm -rf \/app\/media\/.replaced/, // the restored data is in its place by then, and it warns
  /^volume (inspect|rm) /, // so answers Docker of a volume that is not there
  /healthcheck\/suspended/, // healing goes on, and what is busy may be started again
  /^volume create /, // warns
  /^image inspect /, // of an image that is not there
  /^compose ps -q --status running/, // asked for a hint only
  /^stats /, // warns
  /stubinfo|\/api\/v1\/health\//, // a wish
  / FROM django_migrations/, // the same
  /^events /, // what starts is looked at every second, too
  /^rm --force /, // of a container that is not there
  /\/tmp\/debug\.conf/, // the session goes on, and it warns
  / --filter label=com.docker.compose.service=backend /, // healing goes on
];

/** The caller's own question to a tool, whose words he sees and understands. */
const SPEAKS_ITSELF = /^compose (exec|run) .* (db true|celery --app config\.celery status|python manage\.py \w.*|npm run --silent api --|psql -l|redis-cli ping|pip list)$|^compose logs /;

/** What each says at its end, and may say only then. */
const COMMANDS: readonly (readonly [line: string, done: RegExp])[] = [
  ['backup', /Saved in/],
  ['restore ../mine.tar --yes-replace=app', /Ready in/],
  ['reset --yes-delete=app', /All is removed/],
  ['snapshot list', /one +20/],
  ['snapshot save two', /Saved as two/],
  ['snapshot restore one', /Ready in/],
  ['snapshot remove one', /Removed one/],
  ['import ../mine.sql --yes-replace=app', /Ready in/],
  ['debug --port', /./],
  ['run db true', /./],
  ['npm install', /Ready in/],
  ['add backend tabulate', /Ready in/],
  ['remove backend humanize', /Ready in/],
  ['add frontend dayjs', /Ready in/],
  ['db-password --new', /Ready in/],
  ['upgrade frontend', /Ready in/],
  ['upgrade backend', /Ready in/],
  ['upgrade images', /Ready in/],
  ['backups prune --keep 1', /are kept/],
  ['heal-test db', /Every service has healed/],
  ['db-password', /has the password/],
  ['start', /Ready in/],
  ['rebuild', /Ready in/],
  ['restart db', /Ready in/],
  ['stop', /./],
  ['down', /./],
  ['lock', /are locked[^]*is locked/],
  ['format', /./],
  ['reload', /nginx has read/],
  ['status', /proxy/],
  ['urls', /Backend, direct/],
  ['open', /localhost/],
  ['lint', /./],
  ['typecheck', /./],
  ['test', /./],
  ['check', /./],
  ['client', /./],
  ['seed', /./],
  ['migrate', /./],
  ['makemigrations', /./],
  ['superuser --noinput', /./],
  ['manage check', /./],
  ['shell db true', /./],
  ['psql -l', /./],
  ['redis-cli ping', /./],
  ['logs', /./],
  ['config', /./],
  ['errors', /./],
  ['pip list', /./],
  ['build', /./],
  ['celery', /./],
];

it.each(COMMANDS)('%s', async (line, done) => {
  writeFileSync(join(project, '.env'), 'POSTGRES_PASSWORD=s3cret\nCOOLDOWN_DAYS=0\n', { mode: 0o600 }); // a date would differ from run to run
  answer('config', model({ db: {}, frontend: { builds: true }, backend: { needs: ['db'], builds: true }, proxy: { needs: ['backend'] } }));
  answer('states', ['backend', 'db', 'frontend', 'proxy'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-${name}\n`).join(''));
  answer('facts', facts('backend1', 1, ['127.0.0.1>18000>8000/tcp']) + facts('db1') + facts('frontend1') + facts('proxy1', 0, ['127.0.0.1>8080>80/tcp']));
  answer('snapshots', 'one\t7000000\t2026-11-24T10:00:00Z\n');
  answer('started-after-freezing', '2026-01-01T00:00:09Z\n');
  mkdirSync(join(project, 'frontend'));
  for (const name of ['package.json', 'package-lock.json']) writeFileSync(join(project, 'frontend', name), '{}');
  mkdirSync(join(project, 'backend/requirements'), { recursive: true });
  writeFileSync(join(project, 'backend/requirements/base.in'), 'humanize\n');
  for (const name of ['base.txt', 'dev.in', 'dev.txt']) writeFileSync(join(project, 'backend/requirements', name), name === 'base.txt' ? 'humanize==1.0\n' : '');
  writeFileSync(join(project, '../mine.sql'), 'create table t (i int);');
  if (line.startsWith('restore')) await run(['backup', '../mine.tar']);
  // What these do at their end is what start does.
  const until = /^(restore|import|snapshot restore|add|remove|upgrade|npm|db-password --new)/.test(line) ? ' build ' : undefined;
  await failEachStep(line.split(' '), { done, mayFail: MAY_FAIL, speaksItself: SPEAKS_ITSELF, ...(until && { until }) });
}, 60_000);

/** Those of help that are not above. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  completion: 'asks Docker nothing',
  doctor: 'reports what fails: doctor.test.ts',
  e2e: 'asks Docker for an address alone: stack/e2e.test.ts',
  editor: 'asks Docker nothing: editor.test.ts',
  generate: 'making-steps.test.ts',
  help: 'asks Docker nothing',
  'pg-upgrade': 'killed at each step: stack/pg-upgrade.test.ts',
  prod: 'production-steps.test.ts',
  'self-test': 'self-test.test.ts',
  worktree: 'making-steps.test.ts',
};

it('no command of help is left out', () => {
  const folder = join(project, 'docker/dev');
  const texts = readdirSync(folder).filter((name) => name.endsWith('.sh')).map((name) => readFileSync(join(folder, name), 'utf8'));
  const named = texts.flatMap((text) => [...text.matchAll(/^## ([a-z0-9-]+)/gm)].map(([, name]) => name!));
  const tried = [...COMMANDS.map(([line]) => line.split(' ')[0]!), ...Object.keys(ELSEWHERE)];
  expect(named.toSorted()).toEqual([...new Set(tried)].toSorted());
});
