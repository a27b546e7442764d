/** What a colleague gets: a git clone without .env, of a project without Celery, on ports of its own. */
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { spawn } from '@lydell/node-pty';
import { execa, execaSync } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SERVICES } from './architecture.ts';
import { ask } from './http.ts';
import { createStaff, signIn } from './sign-in.ts';
import { dev, devScript, docker, exec, generate, ownPorts, remove, removeLeftover, type Stack } from './stack.ts';

/** Not the loopback: Django trusts that on any port, and would not show a Host that lost its port. */
const NAME = 'stack.example.test';
const UNDER_THAT_NAME = { DJANGO_ALLOWED_HOSTS: `localhost,127.0.0.1,backend,${NAME}` };

let original: Stack;
let clone: Stack;

beforeAll(async () => {
  original = await generate('st-clone', ownPorts(1), '--git');
  clone = { ...original, folder: join(original.folder, '..', 'clone') };
  await execa('git', ['clone', '--quiet', original.folder, clone.folder]);
  const { exitCode, all } = await devScript(clone, ['start'], UNDER_THAT_NAME);
  expect(exitCode, all).toBe(0);
});
afterAll(() => original && remove(original));

test('it starts, with secrets of its own that git does not know', async () => {
  const env = await readFile(join(clone.folder, '.env'), 'utf8');
  for (const secret of ['DJANGO_SECRET_KEY', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD']) {
    expect(env).toMatch(new RegExp(`^${secret}=[0-9a-f]{64}$`, 'm'));
  }
  expect(env).not.toBe(await readFile(join(original.folder, '.env'), 'utf8'));
  expect((await stat(join(clone.folder, '.env'))).mode & 0o777).toBe(0o600);
  expect((await execa('git', ['status', '--porcelain'], { cwd: clone.folder })).stdout).toBe('');
});

test.each(['test', 'typecheck backend'])('./docker-dev.sh %s passes', async (line) => {
  await dev(clone, ...line.split(' ')); // the frontend's types are looked at where an editor does it, below
});

test('on a terminal an image that lacks is built before one’s eyes', async () => {
  await docker('rmi', '--force', `${clone.name}-frontend-dev`);
  const shell = spawn('./docker-dev.sh', ['start'], { cwd: clone.folder, cols: 120, env: { ...process.env, ...UNDER_THAT_NAME, CI: '' } as Record<string, string> });
  let screen = '';
  shell.onData((data) => (screen += data));
  const exitCode = await new Promise<number>((resolve) => shell.onExit((end) => resolve(end.exitCode)));
  expect(exitCode, screen).toBe(0);
  expect(screen).toMatch(/\[\+\] (build|Building) \d/i); // BuildKit's own view
  expect(screen).toContain('Ready in');
});

test('a person signs in through a port that is not 80, under any name', async () => {
  await createStaff(clone);
  const host = `${NAME}:${clone.ports.proxy}`;
  const { login } = await signIn({ port: clone.ports.proxy, host });
  expect(login.status, login.text).toBe(200);
  const elsewhere = await signIn({ port: clone.ports.proxy, host, origin: `http://${NAME}` });
  expect(elsewhere.login.status).toBe(403);
});

test('example data is there by one command, once', async () => {
  const count = () => exec(clone, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', 'SELECT (SELECT count(*) FROM users_user), (SELECT count(*) FROM documents_document)');
  const said = await dev(clone, 'seed');
  const [, email, password] = /^Users: (\S+) \(staff\).* password (\S+)$/m.exec(said) ?? [];
  expect((await signIn({ port: clone.ports.proxy, account: { email: email!, password: password! } })).login.status).toBe(200);
  const made = await count();
  expect(made).toMatch(/^\d+\|60$/);
  expect(await dev(clone, 'seed')).toBe(said);
  expect(await count()).toBe(made);
});

// Where pyenv stands before the Pythons of a machine, it has to be told which.
const PYENV = { PYENV_VERSION: '3.12' };
const hasPython = ['python3', 'python3.12', 'python3.13', 'python3.14'].some((python) => execaSync(python, ['-c', 'import sys; sys.exit(sys.version_info < (3, 12))'], { env: PYENV, reject: false }).exitCode === 0);

test.runIf(hasPython)('"editor" makes what an editor needs on the host, and the stack goes on', async () => {
  const { exitCode, all } = await devScript(clone, ['editor'], PYENV);
  expect(exitCode, all).toBe(0);
  const { stdout } = await execa('.venv/bin/python', ['-c', 'import django, mypy, rest_framework; print(django.get_version())'], { cwd: join(clone.folder, 'backend') });
  expect(stdout).toBe(await exec(clone, 'backend', 'python', '-c', 'import django; print(django.get_version())'));
  await execa('node_modules/.bin/tsc', ['--noEmit'], { cwd: join(clone.folder, 'frontend') });
  expect((await execa('git', ['status', '--porcelain'], { cwd: clone.folder })).stdout).toBe('');
  expect(await dev(clone, 'lint')).toContain('lint: frontend');
  expect((await ask({ port: clone.ports.proxy, path: '/' })).status).toBe(200);
});

describe('without Celery', () => {
  test('there is neither a service nor a container for it', async () => {
    const services = (await execa('docker', ['compose', '--profile', '*', 'config', '--services'], { cwd: clone.folder })).stdout.split('\n');
    expect(services.toSorted()).toEqual(['backend', 'db', 'frontend', 'mailpit', 'proxy', 'redis']);
    const names = await docker('ps', '-a', '--format', '{{.Names}}', '--filter', `label=com.docker.compose.project=${clone.name}`);
    expect(names.split('\n').toSorted()).toEqual(SERVICES.filter(({ profile }) => !profile).map(({ service }) => `${clone.name}-${service}`).toSorted());
  });

  test('the backend neither installs nor checks it', async () => {
    expect(await exec(clone, 'backend', 'pip', 'list')).not.toMatch(/celery/i);
    expect(await exec(clone, 'backend', 'ls', 'apps')).not.toContain('worker');
    const { status, text } = await ask({ port: clone.ports.proxy, path: '/api/v1/health/' });
    expect(status).toBe(200);
    expect(Object.keys((JSON.parse(text) as { checks: object }).checks).toSorted()).toEqual(['cache', 'database']);
  });
});

test('a second clone on this machine gets a name, ports and data of its own, and takes nothing from the first one', async () => {
  const second: Stack = { ...clone, folder: join(original.folder, '..', 'second') };
  await execa('git', ['clone', '--quiet', original.folder, second.folder]);
  let name = '';
  try {
    expect(await dev(second, 'start')).toContain('Ready in');
    const env = await readFile(join(second.folder, '.env'), 'utf8');
    name = /^COMPOSE_PROJECT_NAME=(.+)$/m.exec(env)?.[1] ?? '';
    expect(name).toMatch(/^st-clone-./);
    const users = (stack: Stack) => exec(stack, 'db', 'psql', '-U', 'postgres', '-d', 'backend_db', '-qtAc', 'SELECT count(*) > 0 FROM users_user');
    expect([await users(clone), await users({ ...second, name })]).toEqual(['t', 'f']);
    const { all } = await devScript(second, ['urls']);
    const port = Number(/http:\/\/localhost:(\d+)\//.exec(all)?.[1]);
    expect(port).not.toBe(clone.ports.proxy);
    for (const proxy of [port, clone.ports.proxy]) expect((await ask({ port: proxy, path: '/api/v1/health/' })).status).toBe(200);
  } finally {
    await removeLeftover(dirname(second.folder), name);
  }
});
