/** Packages: a lock that is behind is seen before a build fails over it, and adding one is a single command. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, project, run, STACK, states } from './sandbox.ts';

const write = (path: string, text: string) => writeFileSync(join(project, path), text);
const read = (path: string) => readFileSync(join(project, path), 'utf8');
const packages = (dependencies: object) => JSON.stringify({ name: 'frontend', dependencies, devDependencies: { vite: '8.3.8' } }, null, 2);
const lock = (dependencies: object) =>
  JSON.stringify({ lockfileVersion: 3, packages: { '': { name: 'frontend', dependencies, devDependencies: { vite: '8.3.8' } }, 'node_modules/vite': { version: '8.3.8', dependencies: { rolldown: '1.0.0' } } } }, null, 2);

beforeEach(() => {
  mkdirSync(join(project, 'backend/requirements'), { recursive: true });
  mkdirSync(join(project, 'frontend'));
  write('.env', '');
  write('backend/requirements/base.in', '# What it needs.\ndjango==5.2.*\npsycopg[binary,pool]\ndjango-filter>=24,<26  # lists\n');
  write('backend/requirements/dev.in', '-c base.txt\nPyTest ~= 9.0 ; python_version > "3"\n');
  write('backend/requirements/base.txt', 'django==5.2.19 \\\n    --hash=sha256:aa\npsycopg[binary, pool]==3.2.1 \\\n    --hash=sha256:aa\ndjango_filter==25.1\n');
  write('backend/requirements/dev.txt', 'pytest==9.1 \\\n    --hash=sha256:aa\n');
  write('frontend/package.json', packages({ react: '19.0.0' }));
  write('frontend/package-lock.json', lock({ react: '19.0.0' }));
  answer('states', states('healthy'));
});

describe('start', () => {
  it('goes on where all is locked', async () => {
    const { exitCode, stderr } = await run(['start']);
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });

  it.each([
    ['backend/requirements/base.in', 'django==5.2.*\ncelery-progress\n', 'celery-progress is not locked', 'lock backend'],
    // Locked, but for development alone.
    ['backend/requirements/base.in', 'django==5.2.*\npytest\n', 'pytest is not locked', 'lock backend'],
    ['backend/requirements/base.in', 'django==6.0.*\n', 'django==6.0.* is locked at 5.2.19', 'lock backend'],
    ['backend/requirements/base.in', 'django>=5.2.20\n', 'django>=5.2.20 is locked at 5.2.19', 'lock backend'],
    ['backend/requirements/dev.in', 'pytest~=8.4\n', 'pytest~=8.4 is locked at 9.1', 'lock backend'],
    ['frontend/package.json', packages({ react: '19.0.0', dayjs: '^1.0.0' }), 'dayjs is not locked', 'lock frontend'],
    ['frontend/package.json', packages({ react: '19.1.0' }), 'react 19.1.0 is locked as 19.0.0', 'lock frontend'],
    ['frontend/package.json', packages({}), 'react is locked, and no longer asked for', 'lock frontend'],
  ])('%s with %j names the one command, which arrives', async (path, text, difference, command) => {
    write(path, text);
    const { exitCode, stderr } = await run(['start']);
    expect(stderr).toContain(difference);
    expect(stderr).toContain(`./docker-dev.sh ${command} `);
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => / (up|build) /.test(call))).toEqual([]);
    expect((await run(command.split(' '))).exitCode).toBe(0);
  });
});

it('start --as-locked goes on with what is locked', async () => {
  write('backend/requirements/base.in', 'celery-progress\n');
  expect((await run(['start'])).stderr).toContain('./docker-dev.sh start --as-locked');
  expect((await run(['start', '--as-locked'])).exitCode).toBe(0);
});

it('doctor says the same', async () => {
  write('.env.example', '');
  chmodSync(join(project, '.env'), 0o600);
  write('backend/requirements/base.in', 'celery-progress\n');
  const { exitCode, stdout, stderr } = await run(['doctor']);
  expect(stdout + stderr).toContain('./docker-dev.sh lock backend');
  expect(exitCode).toBe(1);
});

describe('add and remove', () => {
  beforeEach(() => {
    answer('config', STACK);
    answer('states', ['backend', 'db', 'frontend', 'redis', 'runner'].map((name) => `${name}\trunning\tUp (healthy)\n`).join(''));
  });

  it('add backend names it, locks and starts', async () => {
    const { exitCode, stdout } = await run(['add', 'backend', 'celery-progress']);
    expect(exitCode).toBe(0);
    expect(read('backend/requirements/base.in')).toMatch(/^celery-progress$/m);
    const order = ['pip compile', 'plain build backend', 'up --detach backend runner'].map((step) => calls().findIndex((call) => call.includes(step)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(stdout).toContain('Ready in');
  });

  it('add backend brings types that are a package of their own, for development alone, and remove takes both away', async () => {
    answer('stubs', 'types-tabulate\n');
    expect((await run(['add', 'backend', 'tabulate'])).exitCode).toBe(0);
    expect(read('backend/requirements/dev.in')).toMatch(/^types-tabulate$/m);
    expect(read('backend/requirements/base.in')).not.toContain('types-');
    expect((await run(['remove', 'backend', 'tabulate'])).exitCode).toBe(0);
    expect(read('backend/requirements/dev.in') + read('backend/requirements/base.in')).not.toContain('tabulate');
  });

  it('add backend says where mypy could not be asked for types, and goes on', async () => {
    answer('fail-at', 'stubinfo');
    const { exitCode, stderr } = await run(['add', 'backend', 'tabulate']);
    expect(stderr).toContain('mypy could not be asked');
    expect(exitCode).toBe(0);
  });

  it('add frontend is npm, without a version typed by hand', async () => {
    expect((await run(['add', 'frontend', 'dayjs'])).exitCode).toBe(0);
    expect(calls().find((call) => call.includes(' npm '))).toMatch(/npm install --package-lock-only .* dayjs$/);
  });

  it('remove takes the line away, however its name is written', async () => {
    expect((await run(['remove', 'backend', 'Django_Filter'])).exitCode).toBe(0);
    expect(read('backend/requirements/base.in')).toBe('# What it needs.\ndjango==5.2.*\npsycopg[binary,pool]\n');
  });

  it.each([
    [['upgrade', 'backend'], / \d{4}-\S+Z --upgrade$/],
    [['upgrade', 'backend', 'django'], / --upgrade-package django$/],
    [['upgrade', 'frontend', 'vite'], /npm update --package-lock-only .* --before=\d{4}-\S+Z vite$/],
    [['npm', 'install', '--save-dev', 'dayjs'], /npm install --package-lock-only .* --save-dev dayjs$/],
    [['npm', 'uninstall', 'react'], /npm uninstall --package-lock-only .* react$/],
    [['npm', 'update'], /npm update --package-lock-only [^;]* --before=\d{4}-\S+Z$/],
    [['npm', 'install'], /npm install --package-lock-only --ignore-scripts --no-fund --no-audit --before=\d{4}-\S+Z$/],
    [['upgrade', 'python'], / --upgrade$/],
    [['upgrade', 'npm'], /npm update/],
    [['pip', 'install', 'celery-progress'], /uv pip compile/],
  ])('%j locks, installs and starts', async (line, asked) => {
    const { exitCode, stdout } = await run(line);
    expect(exitCode).toBe(0);
    expect(calls()).toContainEqual(expect.stringMatching(asked));
    expect(stdout).toContain('Ready in');
  });

  it('says what changed, and what is lower than it was', async () => {
    answer('locked', 'django==5.2.18 \\\n    --hash=sha256:aa\npsycopg[binary, pool]==3.2.1 \\\n    --hash=sha256:aa\nhumanize==4.9 ; sys_platform == "win32" \\\n');
    const { stdout } = await run(['upgrade', 'backend']);
    expect(stdout).toContain('  django 5.2.19 → 5.2.18\n');
    expect(stdout).toContain('  humanize 4.9, new\n');
    expect(stdout).toContain('  django_filter 25.1, gone\n');
    expect(stdout).not.toContain('psycopg');
    expect(stdout).toContain('within 7 days of its release: COOLDOWN_DAYS=0 ./docker-dev.sh upgrade backend takes it back.');
  });

  it.each([['backend', /done {2}--upgrade-package django$/], ['frontend', /npm update [^;]* --no-audit django$/]])('COOLDOWN_DAYS=0 takes every release of the %s at once', async (part, asked) => {
    expect((await run(['upgrade', part, 'django'], { COOLDOWN_DAYS: '0' })).exitCode).toBe(0);
    expect(calls()).toContainEqual(expect.stringMatching(asked));
  });

  it('a lock that fails names what may be left out, and no number of days is refused', async () => {
    answer('fail-at', 'pip compile');
    expect((await run(['add', 'backend', 'tabulate'])).stderr).toContain('Releases of the last 7 days are left out. With COOLDOWN_DAYS=0 before the command');
    const { exitCode, stderr } = await run(['lock'], { COOLDOWN_DAYS: 'a week' });
    expect(stderr).toContain('COOLDOWN_DAYS is no number of days: a week');
    expect(exitCode).not.toBe(0);
  });

  it('upgrade images tells which are new, and starts with them; what ran goes on where one cannot be had', async () => {
    answer('states', ['backend', 'db', 'frontend', 'mailer', 'proxy', 'redis', 'runner'].map((name) => `${name}\trunning\tUp (healthy)\n`).join(''));
    expect((await run(['upgrade', 'images'])).stdout).toMatch(/Every image is the newest of its tag[^]*Ready in/);
    expect(calls().indexOf('compose build --pull')).toBeGreaterThan(calls().indexOf('compose pull --ignore-buildable'));
    answer('newer', 'yes');
    expect((await run(['upgrade', 'images'])).stdout).toMatch(/ {2}app-backend-dev is new\n[^]*Ready in/);
    answer('fail-at', 'compose pull');
    const { exitCode, stderr } = await run(['upgrade', 'images']);
    expect(stderr).toContain('what ran goes on.');
    expect(exitCode).toBe(1);
  });

  it('rebuild restarts whatever runs in the image', async () => {
    expect((await run(['rebuild', 'runner'])).exitCode).toBe(0);
    expect(calls()).toContainEqual(expect.stringMatching(/build --no-cache backend$/));
    expect(calls()).toContainEqual(expect.stringMatching(/up --detach .*--force-recreate --no-deps backend runner/));
  });

  it('what fails in the lock is no success of npm or pip', async () => {
    answer('fail-at', ' --package-lock-only');
    for (const line of [['npm', 'install'], ['npm', 'i', 'dayjs'], ['npm', 'update'], ['npm', 'rm', 'react']]) {
      const { exitCode, stdout, stderr } = await run(line);
      expect(stderr).toMatch(/✗/);
      expect(exitCode).toBe(1);
      expect(stdout).not.toMatch(/✓|Ready/);
    }
  });

  it('leaves every file as it was where a step fails', async () => {
    const before = read('backend/requirements/base.in');
    answer('fail-at', 'pip compile');
    const { exitCode, stderr } = await run(['add', 'backend', 'nonsense-package']);
    expect(stderr).toContain('All files are as they were.');
    expect(exitCode).toBe(1);
    expect(read('backend/requirements/base.in')).toBe(before);
  });

  it.each([
    [['add', 'backend', 'django'], 1, 'asks for django already'],
    [['add', 'backend', '--index-url=x'], 2, 'add does not know "--index-url=x"'],
    [['add', 'backend', '.'], 2, 'no name of a package'],
    [['remove', 'backend', 'flask'], 2, 'do not ask for flask'],
    [['add', 'middle', 'x'], 2, 'add does not know "middle"'],
    [['add', 'backend'], 2, 'add needs more'],
    [['upgrade', 'middle'], 2, 'upgrade does not know "middle"'],
    [['upgrade', 'backend', '--pre'], 2, 'upgrade does not know "--pre"'],
    [['pip', 'install', '-r', 'x.txt'], 2, './docker-dev.sh add backend PACKAGE'],
    [['pip', 'install'], 2, './docker-dev.sh add backend PACKAGE'],
    [['npm', 'ci'], 2, './docker-dev.sh start'],
    [['npm', 'uninstall'], 2, 'which packages?'],
  ])('%j is exit %i', async (line, code, text) => {
    const { exitCode, stderr } = await run(line);
    expect(stderr).toContain(text);
    expect(exitCode).toBe(code);
  });
});
