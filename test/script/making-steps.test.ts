/** What makes files, with each question to Docker failing: never a false "Made", and the files are as they were. */
import { execa } from 'execa';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { failEachStep } from './failing-steps.ts';
import { answer, ENV_EXAMPLE, facts, fake, model, project, root } from './sandbox.ts';

const GIT = { GIT_AUTHOR_NAME: 'T', GIT_AUTHOR_EMAIL: 't@example.test', GIT_COMMITTER_NAME: 'T', GIT_COMMITTER_EMAIL: 't@example.test' };
const git = async (...args: string[]) => (await execa('git', args, { cwd: project, env: GIT })).stdout;

function healthyStack() {
  answer('config', model({ db: {}, frontend: { builds: true }, backend: { needs: ['db'], builds: true }, proxy: { needs: ['backend'] } }));
  answer('states', ['backend', 'db', 'frontend', 'proxy'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-${name}\n`).join(''));
  answer('facts', ['backend', 'db', 'frontend', 'proxy'].map((name) => facts(`${name}1`)).join(''));
}

it('generate app', async () => {
  healthyStack();
  const files = {
    '.env': 'POSTGRES_PASSWORD=s3cret\n',
    '.gitignore': '.env\n',
    'backend/config/settings.py': 'APPS = [\n    # generate: apps go above this line\n]\n',
    'frontend/src/shared/api/schema.d.ts': 'export {}\n',
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  const made = join(root, 'made');
  mkdirSync(join(made, 'backend/apps/notes'), { recursive: true });
  mkdirSync(join(made, 'frontend/src/features/notes'), { recursive: true });
  writeFileSync(join(made, 'backend/apps/notes/models.py'), 'class Note: ...\n');
  writeFileSync(join(made, 'frontend/src/features/notes/index.ts'), 'export {}\n');
  writeFileSync(join(made, 'lines.txt'), 'backend/config/settings.py|apps|    "apps.notes",\n');
  await execa('tar', ['-cf', join(fake, 'answers/shapes'), '-C', made, '.']);
  answer('route', '401');
  await git('init', '--quiet');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'first');
  await failEachStep(['generate', 'app', 'notes'], {
    done: /Made: backend\/apps\/notes/,
    mayFail: [
      /^ps -aq .*service=(backend|db) |^inspect --format \{\{.State.Health.Status|healthcheck\/suspended/, // healing goes on, and a database that runs is started once more
      /^ps -a --filter |^inspect --format \{\{.Id/, // a last look, at which address it is
    ],
    speaksItself: /^$/,
    env: { BACKEND_WITHIN: '1' },
    async prepare() {
      await git('reset', '--quiet', '--hard');
      await git('clean', '--quiet', '-fd');
    },
    async failed() {
      expect(await git('status', '--porcelain')).toBe('');
    },
  });
}, 60_000);

it.each([
  ['worktree add fix', /Ready in/],
  ['worktree add fix --copy-data', /Ready in/],
  ['worktree list', /main/],
  ['worktree remove fix --yes-delete=app-fix', /Removed/],
])('%s', async (line, done) => {
  const templates = new URL('../../templates/compose/base/', import.meta.url).pathname;
  cpSync(join(templates, 'docker-compose.yml'), join(project, 'docker-compose.yml'));
  writeFileSync(join(project, '.env.example'), `COMPOSE_PROJECT_NAME=app\n${ENV_EXAMPLE}`);
  writeFileSync(join(project, '.gitignore'), '.env\n');
  healthyStack();
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('add', '.');
  await git('commit', '--quiet', '--message', 'first');
  const place = join(root, 'project-fix');
  const env = { ...GIT, LOCK_FOLDER: root };
  await failEachStep(line.split(' '), {
    done,
    env,
    mayFail: [
      /^volume (inspect|create|rm) |^image inspect /, // of what is not there
      /^ps -aq .*service=db |^inspect --format \{\{.State.Health.Status/, // then the database is started, which changes nothing where it runs
      /healthcheck\/suspended/, // healing goes on, and a database that runs is started once more
    ],
    speaksItself: /^$/,
    // The start in the new checkout is the command's own.
    until: ' build ',
    async prepare() {
      if (existsSync(place)) await git('worktree', 'remove', '--force', place);
      rmSync(place, { recursive: true, force: true });
      await git('worktree', 'prune');
      if (!line.includes('remove')) return;
      await git('worktree', 'add', '--quiet', place, ...((await git('branch', '--list', 'fix')) === '' ? ['-b', 'fix'] : ['fix']));
      writeFileSync(join(place, '.env'), readFileSync(join(project, '.env.example'), 'utf8').replace('=app\n', '=app-fix\n'));
    },
  });
}, 60_000);
