/** A checkout beside another: the name, the ports and the secrets that it gets before anything of it runs. */
import { execa } from 'execa';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, ENV_EXAMPLE, environment, project, root, states } from './sandbox.ts';

const TEMPLATES = new URL('../../templates/compose/base/', import.meta.url).pathname;
const AUTHOR = { GIT_AUTHOR_NAME: 'T', GIT_AUTHOR_EMAIL: 't@example.test', GIT_COMMITTER_NAME: 'T', GIT_COMMITTER_EMAIL: 't@example.test' };
const env = () => ({ ...environment(), ...AUTHOR, LOCK_FOLDER: root });

const bash = async (script: string) => (await execa('bash', ['-euc', `source ${TEMPLATES}docker/dev/lib/identity.sh; ${script}`], { cwd: TEMPLATES })).stdout;
const git = (...args: string[]) => execa('git', args, { cwd: project, env: AUTHOR });
const run = (folder: string, ...line: string[]) => execa('./docker-dev.sh', line, { cwd: folder, env: env(), stdin: 'ignore', reject: false, all: true });
const settings = (folder: string) => Object.fromEntries([...readFileSync(join(folder, '.env'), 'utf8').matchAll(/^(\w+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
const portsOf = (folder: string) => Object.entries(settings(folder)).filter(([name]) => name!.endsWith('_PORT')).map(([, value]) => Number(value));

describe('the name', () => {
  it.each([
    ['feature/Log-In', 'feature-log-in'],
    ['--x__y--', 'x-y'],
    ['fix #7: "it"', 'fix-7-it'],
  ])('of the branch %s has %s', async (text, slug) => {
    expect(await bash(`slug_of '${text}'`)).toBe(slug);
  });

  it('of a branch that is long, or has no such letter, tells it from another by its checksum', async () => {
    const [one, other, none] = (await bash("for b in a-branch-with-a-name-of-forty-letters-1 a-branch-with-a-name-of-forty-letters-2 日本; do slug_of $b; echo; done")).split('\n');
    expect(one).toMatch(/^a-branch-with-a-na-\d{5}$/);
    expect(other).not.toBe(one);
    expect(none).toMatch(/^\d+$/);
  });

  it.each([
    ['app login', '', 'app-login'],
    ['app login', 'app-login-2', 'app-login'],
    ['app login', 'app-login\napp-login-2', 'app-login-3'],
    ['app app-review', '', 'app-review'],
    ['app app', '', 'app-2'],
    ['app prod', '', 'app-prod-2'],
  ])('of %s, where there is %j, is %s', async (of, taken, name) => {
    expect(await bash(`checkout_name ${of} $'${taken.replaceAll('\n', '\\n')}'`)).toBe(name);
  });
});

describe('the ports', () => {
  it('are those of docker-compose.yml, the proxy first, in a row that nobody has', async () => {
    const script = `is_listening() { [[ $2 == 20003 || $2 == 20060 ]]; }; checkout_ports "$(port_variables)" $'80\\n20022'`;
    expect((await bash(script)).split('\n')).toEqual(
      ['PROXY', 'DB', 'REDIS', 'BACKEND', 'FRONTEND', 'MAILPIT', 'DEBUG'].map((service, i) => `${service}_PORT=${20_040 + i}`),
    );
  });

  it('are told to be none where all are taken', async () => {
    await expect(bash('is_listening() { true; }; checkout_ports PROXY_PORT ""')).rejects.toThrow();
  });
});

// Real starts, two at once: a busy machine takes its time over their hundreds of processes.
describe('a linked worktree', { timeout: 60_000 }, () => {
  let linked: string;
  beforeEach(async () => {
    writeFileSync(join(project, '.env.example'), `COMPOSE_PROJECT_NAME=app\n${ENV_EXAMPLE}FRONTEND_APP_NAME=App\n`);
    writeFileSync(join(project, '.gitignore'), '.env\n');
    cpSync(join(TEMPLATES, 'docker-compose.yml'), join(project, 'docker-compose.yml'));
    answer('states', states('healthy'));
    await git('init', '--quiet', '--initial-branch', 'main');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'first');
    linked = join(root, 'linked');
    await git('worktree', 'add', '--quiet', '-b', 'feature/login', linked);
  });

  it('gets a name, ports and secrets of its own with its first start, and keeps them', async () => {
    const { exitCode, all } = await run(linked, 'start');
    expect(exitCode, all).toBe(0);
    expect(all).toContain('a checkout beside another: app-feature-login');
    expect(settings(linked)).toMatchObject({ COMPOSE_PROJECT_NAME: 'app-feature-login', FRONTEND_APP_NAME: 'App - feature-login', POSTGRES_PASSWORD: expect.stringMatching(/^[0-9a-f]{64}$/) as unknown });
    expect(new Set(portsOf(linked)).size).toBe(7);
    expect(Math.min(...portsOf(linked))).toBeGreaterThanOrEqual(20_000);
    const first = readFileSync(join(linked, '.env'), 'utf8');
    await run(linked, 'start');
    expect(readFileSync(join(linked, '.env'), 'utf8')).toBe(first);
    expect(existsSync(join(root, `docker-dev-${process.getuid!()}.lock`))).toBe(false);
  });

  it('leaves the main checkout the names and ports of .env.example', async () => {
    await run(linked, 'start');
    await run(project, 'start');
    expect(settings(project)).toMatchObject({ COMPOSE_PROJECT_NAME: 'app', FRONTEND_APP_NAME: 'App' });
    expect(portsOf(project)).toEqual([]);
  });

  it('is named after what .env of the main checkout says, and not where somebody has chosen', async () => {
    writeFileSync(join(project, '.env'), 'COMPOSE_PROJECT_NAME=shop\n');
    await run(linked, 'start');
    expect(settings(linked)['COMPOSE_PROJECT_NAME']).toBe('shop-feature-login');
    rmSync(join(linked, '.env'));
    await execa('./docker-dev.sh', ['start'], { cwd: linked, env: { ...env(), COMPOSE_PROJECT_NAME: 'mine' }, stdin: 'ignore' });
    expect(settings(linked)['COMPOSE_PROJECT_NAME']).toBe('app');
  });

  it('takes other ports than one that starts at the same moment', async () => {
    const other = join(root, 'other');
    await git('worktree', 'add', '--quiet', '-b', 'other', other);
    answer('hang-at', 'volume create'); // a second between what is free and what is taken
    const results = await Promise.all([run(linked, 'start'), run(other, 'start')]);
    for (const { exitCode, all } of results) expect(exitCode, all).toBe(0);
    expect(new Set([...portsOf(linked), ...portsOf(other)]).size).toBe(14);
  });

  it('breaks the lock of a start that was killed, and tells of one that lives', async () => {
    const lock = join(root, `docker-dev-${process.getuid!()}.lock`);
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), '4194305'); // beyond what Linux and macOS give
    expect((await run(linked, 'start')).exitCode).toBe(0);
    rmSync(join(linked, '.env'));
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    const { exitCode, all } = await execa('./docker-dev.sh', ['start'], { cwd: linked, env: { ...env(), LOCK_WITHIN: '1' }, stdin: 'ignore', reject: false, all: true });
    expect(all).toContain(`(process ${process.pid})`);
    expect(exitCode).toBe(1);
    expect(existsSync(join(lock, 'pid'))).toBe(true);
  });

  it('whose branch knows nothing of this gets it all the same, from the script that adds it', async () => {
    await git('switch', '--quiet', '-c', 'old');
    writeFileSync(join(project, 'docker-dev.sh'), '#!/bin/sh\necho started\n');
    await git('commit', '--quiet', '--all', '--message', 'old');
    await git('switch', '--quiet', 'main');
    const { exitCode, all } = await run(project, 'worktree', 'add', 'old');
    expect(exitCode, all).toBe(0);
    expect(all).toContain('started');
    expect(settings(join(root, 'project-old'))['COMPOSE_PROJECT_NAME']).toBe('app-old');
  });

  it.each([
    [['--copy-data'], 'save ', 'tar -C /app/media --exclude'],
    [['--from-snapshot', 'one'], 'save _snapshot_one', 'tar -C /app/media/.snapshots/one --exclude'],
  ])('with %j is filled by a backup that is restored there, and leaves no copy in between', async (flags, dump, media) => {
    await run(project, 'start');
    answer('snapshots', 'one\t7340032\t2026-11-24T10:00:00Z\n');
    const { exitCode, all } = await run(project, 'worktree', 'add', 'copy', ...flags);
    expect(exitCode, all).toBe(0);
    const asked = calls();
    expect(asked.find((call) => call.includes('pg_dump'))).toContain(`"$POSTGRES_DB$1" ${dump}`);
    expect(asked.find((call) => call.includes('-cf - .'))).toContain(media);
    const order = [/pg_dump/, /build --quiet/, / up .*--wait db| up --detach db/, /pg_restore .*--exit-on-error/, / up --detach$/].map((step) => asked.findLastIndex((call) => step.test(call)));
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order).not.toContain(-1);
    expect(existsSync(join(root, 'project-copy/.copied-data'))).toBe(false);
  });

  it('from a snapshot that there is not is not added', async () => {
    await run(project, 'start');
    const { exitCode, all } = await run(project, 'worktree', 'add', 'copy', '--from-snapshot', 'one');
    expect(all).toContain('There is no snapshot one');
    expect(exitCode).toBe(2);
    expect(existsSync(join(root, 'project-copy'))).toBe(false);
  });

  it('without .env.example is not added, and leaves nothing', async () => {
    await git('switch', '--quiet', '--orphan', 'pages');
    await git('commit', '--quiet', '--allow-empty', '--message', 'pages');
    await git('switch', '--quiet', 'main');
    const { exitCode, all } = await run(project, 'worktree', 'add', 'pages');
    expect(all).toContain('has no .env.example');
    expect(exitCode).toBe(1);
    expect(existsSync(join(root, 'project-pages'))).toBe(false);
  });

  it.each([
    ['add', '', 'is no name of a branch'],
    ['add', 'a..b', 'is no name of a branch'],
    ['add', 'a b', 'one too many'],
    ['add', 'a --from-snapshot', 'From which snapshot?'],
    ['add', 'a --quickly', 'does not know "--quickly"'],
    ['remove', 'nothing', 'There is no checkout "nothing"'],
    ['remove', 'main', 'never removed'],
    ['remove', 'feature/login', 'If it is meant, add: --yes-delete=linked'],
    ['remove', 'feature/login --yes-delete=app', 'app is not the name'],
    ['list', 'all', 'does not know "all"'],
    ['move', 'a', 'does not know "move"'],
  ])('"worktree %s %s" is wrong usage, and changes nothing', async (action, rest, text) => {
    const { exitCode, all } = await run(project, 'worktree', action, ...rest.split(' ').filter(Boolean));
    expect(all).toContain(text);
    expect(exitCode).toBe(2);
    expect(existsSync(linked)).toBe(true);
    expect(calls().filter((call) => /\b(rm|up|create)\b/.test(call))).toEqual([]);
  });

  it('cannot remove itself, nor is one that is locked removed', async () => {
    expect((await run(linked, 'worktree', 'remove', 'feature/login', '--yes-delete=linked')).all).toContain('cannot remove itself');
    await git('worktree', 'lock', linked);
    expect((await run(project, 'worktree', 'remove', 'feature/login', '--yes-delete=linked')).all).toContain('is locked');
    expect(existsSync(linked)).toBe(true);
  });

  it('with a copy of the .env of the main checkout is removed without anything of that', async () => {
    writeFileSync(join(project, '.env'), 'COMPOSE_PROJECT_NAME=shop\n');
    writeFileSync(join(linked, '.env'), 'COMPOSE_PROJECT_NAME=shop\n');
    const { exitCode, all } = await run(project, 'worktree', 'remove', 'feature/login', '--yes-delete=linked');
    expect(exitCode, all).toBe(0);
    expect(existsSync(linked)).toBe(false);
    expect(calls().filter((call) => /\brm\b/.test(call))).toEqual([]);
  });

  it('with backups is not removed as if there were nothing to lose', async () => {
    mkdirSync(join(linked, 'backups'));
    for (const [name, text] of [['.gitignore', '*\n'], ['before.tar', '']] as const) writeFileSync(join(linked, 'backups', name), text);
    const { exitCode, all } = await run(project, 'worktree', 'remove', 'feature/login', '--yes-delete=linked');
    expect(all).toContain('backups/before.tar');
    expect(exitCode).toBe(2);
    expect(existsSync(linked)).toBe(true);
  });
});

describe('a second clone', () => {
  beforeEach(() => {
    writeFileSync(join(project, '.env.example'), `COMPOSE_PROJECT_NAME=app\n${ENV_EXAMPLE}FRONTEND_APP_NAME=App\n`);
    cpSync(join(TEMPLATES, 'docker-compose.yml'), join(project, 'docker-compose.yml'));
    answer('states', states('healthy'));
    mkdirSync(join(root, 'first'));
    writeFileSync(join(root, 'first/docker-compose.yml'), '');
    writeFileSync(join(root, 'first/.env'), 'PROXY_PORT=20000\n');
  });

  it('gets a name of its own where the first one has it, and other ports than that has in its .env', async () => {
    answer('projects', `app\t${join(root, 'first')}\n`);
    const { exitCode, all } = await run(project, 'start');
    expect(exitCode, all).toBe(0);
    expect(settings(project)['COMPOSE_PROJECT_NAME']).toBe('app-project');
    expect(portsOf(project)).not.toContain(20_000);
  });

  it.each([
    ['whose folder is gone', () => join(root, 'gone')],
    ['that is itself', () => project],
  ])('takes the name over from one %s', async (_, folder) => {
    answer('projects', `app\t${folder()}\n`);
    await run(project, 'start');
    expect(settings(project)['COMPOSE_PROJECT_NAME']).toBe('app');
  });
});
