/** After each of these the tool names one command. The tests read it off the screen, type it, and arrive. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './http.ts';
import { createStaff, signIn } from './sign-in.ts';
import { dev, devScript, exec, generate, GIT_IDENTITY, ownPorts, remove, type Stack } from './stack.ts';
import { until } from './until.ts';

let stack: Stack;
beforeAll(async () => {
  stack = await generate('st-circles', ownPorts(11), '--celery', '--git');
  await dev(stack, 'start');
});
afterAll(() => stack && remove(stack));

/** The command that the last output names, by which it begins. */
function named(all: string, begin: string): string[] {
  const found = new RegExp(`\\./docker-dev\\.sh (${begin}(?:[a-z0-9_ -]*[a-z0-9_])?)`).exec(all.replaceAll(/\.\/docker-dev\.sh start/g, ''));
  if (!found) throw new Error(`no "${begin}" is named in:\n${all}`);
  return found[1]!.split(' ');
}

const edit = async (path: string, change: (text: string) => string) => {
  const file = join(stack.folder, path);
  await writeFile(file, change(await readFile(file, 'utf8')));
};

test('the migrations of a branch that one came from: both ways that start names lead out', async () => {
  const git = (...args: string[]) => execa('git', args, { cwd: stack.folder, env: GIT_IDENTITY });
  const file = 'backend/apps/users/migrations/9000_theirs.py';
  const { stdout: own } = await git('branch', '--show-current');
  await dev(stack, 'snapshot', 'save', 'of-before');
  await new Promise((resolve) => setTimeout(resolve, 1100)); // snapshots are dated by the second
  await git('switch', '-c', 'theirs');
  const after = (await dev(stack, 'manage', 'showmigrations', 'users')).match(/\d{4}_\w+/g)!.at(-1)!;
  await writeFile(
    join(stack.folder, file),
    `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [("users", "${after}")]\n    operations = [migrations.RunSQL("SELECT 1", migrations.RunSQL.noop)]\n`,
  );
  await git('add', file);
  await git('commit', '-m', 'Theirs');
  await dev(stack, 'migrate');
  await git('switch', own);
  const start = await devScript(stack, ['start']);
  expect(start.exitCode, start.all).toBe(0);
  expect(start.all).toContain(`Applied to the database, and not in this checkout: ${file}.`);
  const told = await ask({ port: stack.ports.proxy, path: '/api/v1/development/' });
  expect(JSON.parse(told.text).migrations, 'what the first page shows').toEqual([{ what: `Applied to the database, and not in this checkout: ${file}`, command: './docker-dev.sh start' }]);
  const beside = named(start.all, 'worktree');
  expect(beside).toEqual(['worktree', 'add', 'theirs', '--copy-data']);
  try {
    expect(await dev(stack, ...beside)).toContain('Ready in');
    const other = { ...stack, folder: `${stack.folder}-theirs` };
    expect(await dev(other, 'manage', 'showmigrations', 'users')).toContain('[X] 9000_theirs');
    const back = named(start.all, 'snapshot');
    expect(back).toEqual(['snapshot', 'restore', 'of-before']);
    await dev(stack, ...back);
    expect(await dev(stack, 'start')).not.toContain('not in this checkout');
    expect(await dev(other, 'manage', 'showmigrations', 'users')).toContain('[X] 9000_theirs');
  } finally {
    await dev(stack, 'worktree', 'remove', 'theirs', '--yes-delete=st-circles-theirs', '--discard-changes');
  }
});

describe('a dependency that is named and not locked', () => {
  test('in the backend', async () => {
    await edit('backend/requirements/base.in', (text) => `${text}humanize\n`);
    const start = await devScript(stack, ['start']);
    expect(start.exitCode).toBe(1);
    expect(start.all).toContain('humanize is not locked');
    for (const command of ['doctor', 'rebuild']) {
      const { exitCode, all } = await devScript(stack, [command]);
      expect(exitCode, all).toBe(1);
      expect(all).toContain('humanize is not locked');
      expect(named(all, 'lock')).toEqual(named(start.all, 'lock'));
    }
    await dev(stack, ...named(start.all, 'lock'));
    await dev(stack, 'start');
    expect(await exec(stack, 'backend', 'python', '-c', 'import humanize; print("there")')).toBe('there');
  });

  test('in the frontend', async () => {
    await edit('frontend/package.json', (text) => text.replace('"dependencies": {', '"dependencies": {\n    "dayjs": "^1.11.0",'));
    const start = await devScript(stack, ['start']);
    expect(start.exitCode).toBe(1);
    expect(named((await devScript(stack, ['doctor'])).all, 'lock')).toEqual(named(start.all, 'lock'));
    await dev(stack, ...named(start.all, 'lock'));
    await dev(stack, 'start');
    expect(await exec(stack, 'frontend', 'ls', 'node_modules/dayjs/package.json')).toMatch(/package.json/);
  });

  test('add and remove do it in one go', async () => {
    expect(await dev(stack, 'add', 'backend', 'tabulate')).toMatch(/^ {2}tabulate [\d.]+, new$/m);
    expect(await exec(stack, 'backend', 'python', '-c', 'import tabulate; print("there")')).toBe('there');
    // It has no types of its own; those that mypy asks for came along.
    expect(await exec(stack, 'backend', 'mypy', '--strict', '--config-file=', '-c', 'import tabulate')).toContain('Success');
    await dev(stack, 'remove', 'backend', 'tabulate');
    expect(await readFile(join(stack.folder, 'backend/requirements/dev.txt'), 'utf8')).not.toContain('tabulate');
    expect(await exec(stack, 'backend', 'sh', '-c', 'python -c "import tabulate" 2>/dev/null || echo gone')).toBe('gone');
    await dev(stack, 'remove', 'frontend', 'dayjs');
    expect(await exec(stack, 'frontend', 'sh', '-c', 'ls node_modules/dayjs 2>/dev/null || echo gone')).toBe('gone');
  });
});

const lastOf = async (app: string) => (await dev(stack, 'manage', 'showmigrations', app)).match(/\d{4}_\w+/g)!.at(-1)!;
const migration = (after: string, operation: string) => `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("users", "${after}")]
    operations = [migrations.${operation}]
`;
const addUserField = (field: string) => edit('backend/apps/users/models.py', (text) => text.replace(/^class User\(.*$/m, `$&\n    ${field} = models.CharField(max_length=9, default="red")`));
const addField = (field: string) => `AddField("user", "${field}", models.CharField(max_length=9, default="red"))`;
const noOperation = (mark: string) => `RunSQL("SELECT '${mark}'", migrations.RunSQL.noop)`;
const login = async () => JSON.parse((await signIn({ port: stack.ports.proxy })).login.text) as { title: string; detail: string };
const pageTells = (text: string) => until(`the page tells "${text}"`, async () => (await login().catch(() => undefined))?.detail?.includes(text) ?? false, { seconds: 30, every: 500 });

describe('migrations of two branches', () => {
  afterEach(() => dev(stack, 'logs', 'backend'));

  test('are told as such, in the last lines of the run that died, and merged by what is named', async () => {
    await writeFile(join(stack.folder, 'backend/apps/users/migrations/0002_one.py'), migration('0001_initial', noOperation('one')));
    await writeFile(join(stack.folder, 'backend/apps/users/migrations/0002_other.py'), migration('0001_initial', noOperation('other')));
    const start = await devScript(stack, ['restart', 'backend']);
    expect(start.exitCode).toBe(1);
    expect(start.all).toMatch(/\| .*Conflicting migrations/);
    // What needs the code and no server does not wait for it.
    for (const command of ['manage check', 'lint backend']) {
      const { exitCode, all } = await devScript(stack, command.split(' '));
      expect(exitCode, all).toBe(0);
      expect(all).toContain('a passing container does it');
    }
    await dev(stack, ...named(start.all, 'makemigrations'));
    expect(await dev(stack, 'start')).toContain('Ready in');
    expect(await dev(stack, 'manage', 'showmigrations', 'users')).toMatch(/\[X\] 0003_merge/);
  });

  test('that come while the stack runs are told alike by page, start and doctor, and what is named leads to the end', async () => {
    await createStaff(stack);
    const last = await lastOf('users');
    await writeFile(join(stack.folder, 'backend/apps/users/migrations/0004_shade.py'), migration(last, addField('shade')));
    await writeFile(join(stack.folder, 'backend/apps/users/migrations/0004_theirs.py'), migration(last, noOperation('theirs')));
    await addUserField('shade');
    await pageTells('Migrations of two branches follow the same one');
    const told = [(await login()).detail, (await devScript(stack, ['start'])).all, (await devScript(stack, ['doctor'])).all];
    for (const text of told) {
      expect(text).toContain('backend/apps/users/migrations/0004_shade.py, backend/apps/users/migrations/0004_theirs.py');
      expect(named(text, 'makemigrations')).toEqual(['makemigrations', '--merge', '--noinput']);
    }
    await dev(stack, ...named(told[0]!, 'makemigrations'));
    // A backend that `start` has made anew with this code applies them itself; one that ran on tells what does.
    const signedIn = async () => (await signIn({ port: stack.ports.proxy })).login.status === 200;
    const next = await until('it goes on', async () => (await signedIn()) || (await login()).detail.match(/Not applied.*/)?.[0], { seconds: 60, every: 500 });
    if (typeof next === 'string') await dev(stack, ...named(next, 'migrate'));
    await until('signed in', signedIn, { seconds: 30 });
    expect((await devScript(stack, ['doctor'])).exitCode).toBe(0);
  });
});

describe('a migration that the database has not', () => {
  const FILE = 'backend/apps/users/migrations/9001_colour.py';

  test('pulled while the stack runs, is told by the page and by doctor, and applied by what they name', async () => {
    await createStaff(stack);
    await writeFile(join(stack.folder, FILE), migration(await lastOf('users'), addField('colour')));
    await addUserField('colour');
    await pageTells(`Not applied to the database: ${FILE}.`);
    const page = await login();
    const doctor = await devScript(stack, ['doctor']);
    expect(doctor.exitCode).toBe(1);
    expect(doctor.all).toContain(`Not applied to the database: ${FILE}.`);
    expect(named(page.detail, 'migrate')).toEqual(named(doctor.all, 'migrate'));
    await dev(stack, ...named(doctor.all, 'migrate'));
    expect((await signIn({ port: stack.ports.proxy })).login.status).toBe(200);
  });

  test('gone with its branch, is told by start and doctor, with the way back', async () => {
    const text = await readFile(join(stack.folder, FILE), 'utf8');
    await rm(join(stack.folder, FILE));
    await edit('backend/apps/users/models.py', (models) => models.replace(/^ {4}colour = .*\n/m, ''));
    const start = await devScript(stack, ['start']);
    for (const told of [start.all, (await devScript(stack, ['doctor'])).all]) {
      expect(told).toContain(`Applied to the database, and not in this checkout: ${FILE}.`);
    }
    await writeFile(join(stack.folder, FILE), text);
    await dev(stack, ...named(start.all, 'migrate'));
    await rm(join(stack.folder, FILE));
    expect(await dev(stack, 'start')).not.toContain('not in this checkout');
  });
});

test('taken ports lead to a stack on other ports, typed from the screen', async () => {
  const second = await generate('st-circles-ports', stack.ports);
  try {
    const start = await devScript(second, ['start']);
    expect(start.exitCode).toBe(1);
    expect(start.all).toContain('./docker-dev.sh start --fix-ports');
    expect(await dev(second, 'start', '--fix-ports')).toContain('Ready in');
    expect(new Set(/take these instead: (.*)/.exec(start.all)![1]!.split(' ').map((pair) => pair.split('=')[1])).size).toBe(5);
  } finally {
    await remove(second);
  }
});

test('a project made again over its older volumes goes on by either way', async () => {
  await dev(stack, 'down');
  await edit('.env', (text) => text.replace(/^POSTGRES_PASSWORD=.*$/m, `POSTGRES_PASSWORD=${'0123456789abcdef'.repeat(4)}`));
  const start = await devScript(stack, ['start']);
  expect(start.exitCode).toBe(1);
  expect(start.all).toMatch(/The volume st-circles-postgres-data \(made .*\) is from an earlier st-circles/);
  expect(named((await devScript(stack, ['doctor'])).all, 'db-password')).toEqual(named(start.all, 'db-password'));
  await dev(stack, ...named(start.all, 'db-password'));
  expect(await dev(stack, 'start')).toContain('Ready in');
});
