/** `docker-dev.sh start` as its user meets it: what it sees before, shows meanwhile and says of a failure. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { execa } from 'execa';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, compose, facts, fake, project, root, run, STACK, states } from './sandbox.ts';

describe('start', () => {
  it('ends with the addresses, port 80 left out', async () => {
    answer('states', 'db\trunning\tUp 2 seconds (healthy)\td1d1\tapp-db\nproxy\trunning\tUp 2 seconds (healthy)\tp1p1\tapp-proxy\n');
    answer('facts', facts('d1d1', 0, ['127.0.0.1>18998>5432/tcp']) + facts('p1p1', 0, ['127.0.0.1>80>80/tcp']));
    answer('config', compose({ proxy: 80, db: 18_998 }));
    answer('publisher', 'app-proxy\tapp\n'); // whatever has port 80 on this machine counts as our own
    const { exitCode, stdout } = await run(['start']);
    expect(stdout).toMatch(/Ready in \d+ seconds/);
    expect(stdout).toMatch(/Admin +http:\/\/localhost\/admin\/$/m);
    expect(stdout).toMatch(/PostgreSQL +postgresql:\/\/postgres@localhost:18998\/backend_db$/m);
    expect(exitCode).toBe(0);
    expect(calls()).toContain('compose --progress plain up --detach');
  });

  it('asks Compose three times in all', async () => {
    answer('states', states('healthy'));
    await run(['start']);
    expect(calls().filter((call) => call.startsWith('compose '))).toHaveLength(3);
  });

  it.each([
    ['the same', 'app.0001_initial\nadmin.0001_initial\nother.0001_initial\n', 0],
    ['not applied', 'admin.0001_initial\n', 1],
    ["another branch's too", 'app.0001_initial\napp.0002_theirs\n', 1],
  ])('asks Django for the migrations only where files and database differ: %s', async (_case, applied, asked) => {
    mkdirSync(join(project, 'backend/apps/app/migrations'), { recursive: true });
    for (const name of ['__init__', '0001_initial']) writeFileSync(join(project, `backend/apps/app/migrations/${name}.py`), '');
    answer('config', STACK);
    answer('states', ['db', 'redis', 'backend', 'mailer', 'frontend', 'runner', 'proxy'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-${name}\n`).join(''));
    answer('migrations', applied);
    answer('migration-state', 'Not applied to the database: x. Apply it: ./docker-dev.sh migrate\n');
    const { exitCode, stdout, stderr } = await run(['start']);
    expect(stdout).toContain('Ready in');
    expect(exitCode).toBe(0);
    expect(calls().filter((call) => call.endsWith('migration_state'))).toHaveLength(asked);
    expect(stderr.includes('! Not applied to the database: x. Apply it: ./docker-dev.sh migrate')).toBe(asked === 1);
  });

  it.each([
    ['2026-11-24T10:00:00Z', 'newer', 'yes'],
    ['2026-11-24T09:00:00Z', 'older', 'checked out elsewhere'],
    ['2026-11-20T09:00:00Z', undefined, 'none'],
  ])('names, for migrations of another branch since %s, the snapshot from before (%s) and the branch (%s)', async (since, snapshot, branch) => {
    mkdirSync(join(project, 'backend/apps/app/migrations'), { recursive: true });
    const git = (...args: string[]) => execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.test', ...args], { cwd: project });
    await git('init', '--quiet', '--initial-branch', 'main');
    writeFileSync(join(project, 'backend/apps/app/migrations/0001_initial.py'), '');
    await git('add', 'backend');
    await git('commit', '--quiet', '-m', 'one');
    if (branch !== 'none') {
      await git('switch', '--quiet', '-c', 'feature/theirs');
      writeFileSync(join(project, 'backend/apps/app/migrations/0002_theirs.py'), '');
      await git('add', 'backend');
      await git('commit', '--quiet', '-m', 'two');
      await git('switch', '--quiet', 'main');
      if (branch !== 'yes') await git('worktree', 'add', '--quiet', join(root, 'other'), 'feature/theirs');
    }
    answer('config', STACK);
    answer('states', ['db', 'redis', 'backend', 'mailer', 'frontend', 'runner', 'proxy'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-${name}\n`).join(''));
    answer('migrations', 'app.0001_initial\napp.0002_theirs\n');
    answer('migration-state', 'Applied to the database, and not in this checkout: x.\n');
    answer('applied-since', `${since}\n`);
    answer('snapshots', 'older\t1\t2026-11-23T10:00:00Z\nnewer\t1\t2026-11-24T09:30:00Z\nnewest\t1\t2026-11-25T10:00:00Z\n');
    const { exitCode, stderr } = await run(['start']);
    expect(exitCode).toBe(0);
    expect(/snapshot restore (\S+)/.exec(stderr)?.[1]).toBe(snapshot);
    expect(/worktree add (.+)/.exec(stderr)?.[1]).toBe(branch === 'yes' ? 'feature/theirs --copy-data' : undefined);
  });

  it.each([
    ['none\n', true],
    ['', false],
  ])('ends a frontend that says of its packages %j, so that it installs them: %s', async (packages, ended) => {
    answer('config', STACK);
    answer('states', ['db', 'redis', 'backend', 'mailer', 'frontend', 'runner', 'proxy'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-${name}\n`).join(''));
    answer('frontend', 'f1f1\n');
    answer('packages', packages);
    const { exitCode, stdout } = await run(['start']);
    expect(exitCode).toBe(0);
    expect(stdout.includes('The packages of the frontend are gone')).toBe(ended);
    expect(calls().includes('stop f1f1')).toBe(ended);
    answer('fail', 'stop f1f1');
    expect((await run(['start'])).exitCode).toBe(ended ? 1 : 0);
  });

  it('names who has a port, and starts nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    answer('config', compose({ proxy: port, db: 18_998 }));
    const { exitCode, stderr } = await run(['start']);
    server.close();
    expect(stderr).toMatch(new RegExp(`Port ${port}, wanted by proxy, is taken by .+\\.`));
    expect(stderr).toMatch(/take these instead: PROXY_PORT=\d+\n/);
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => call.includes(' up '))).toEqual([]);
  });

  it.each([
    ['other\totherproject\n', 1, 'is taken by the container other.'],
    ['app-proxy\tapp\n', 0, ''],
  ])('a port published by %j: exit %i', async (publisher, code, text) => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    answer('config', compose({ proxy: (server.address() as AddressInfo).port, db: 18_998 }));
    answer('publisher', publisher);
    answer('states', states('healthy'));
    const { exitCode, stderr } = await run(['start']);
    server.close();
    expect(stderr).toContain(text);
    expect(exitCode).toBe(code);
  });

  it.each([
    ['FATAL:  password authentication failed for user "postgres"', './docker-dev.sh db-password'],
    ['Error: listen EADDRINUSE: address already in use', 'A host port is taken'],
    ['OSError: [Errno 28] No space left on device', 'The disk is full'],
    ["PermissionError: [Errno 13] Permission denied: '/app/logs/app.log'", 'APP_UID and APP_GID'],
    ['npm error code EAI_AGAIN', 'is there a network'],
    ['  File "/app/config/urls.py", line 3\nSyntaxError: invalid syntax', 'File "backend/config/urls.py", line 3'],
    ['exec ./entrypoint.sh: no such file or directory', 'Windows line ends'],
  ])('a crash that says %j', async (log, advice) => {
    answer('states', states('restarting', 'Restarting (1) 1 second ago'));
    answer('logs', `${log}\n`);
    const { exitCode, stderr } = await run(['start']);
    expect(stderr).toContain('db is not well');
    expect(stderr).toContain(`| ${log.split('\n')[0]}`);
    expect(stderr).toContain(advice);
    expect(exitCode).toBe(1);
  });

  it('does not wait for the timeout when the code does not load', async () => {
    answer('states', states('running', 'Up 1 second (health: starting)'));
    answer('logs', 'Traceback\nModuleNotFoundError: No module named "nope"\n');
    const { exitCode, stderr } = await run(['start'], { START_TIMEOUT: '15' });
    expect(stderr).toContain('A package is missing');
    expect(stderr).not.toContain('Not ready within');
    expect(exitCode).toBe(1);
  });

  it.each([
    ['says nothing', 'false 1\n', '', '', '(it has said nothing)'],
    ['was killed by the kernel', 'true 137\n', '', 'killed\n', 'for want of memory'],
    ['lost a process to the kernel', 'false 137\n', 'oom\n', 'killed\n', 'for want of memory'],
    ['was ended by its health check', 'false 137\n', '', 'healthcheck: no answer, 3 checks in a row: ending this container so\n', 'its health check ended it'],
  ])('a crash that %s', async (_what, killed, events, logs, text) => {
    answer('states', states('restarting', 'Restarting (137) 1 second ago'));
    answer('killed', killed);
    answer('events', events);
    answer('logs', logs);
    const { exitCode, stderr } = await run(['start']);
    expect(stderr).toContain(text);
    expect(stderr).toContain('After mending it: ./docker-dev.sh start');
    expect(exitCode).toBe(1);
  });

  it('137 after a stop is not told as want of memory', async () => {
    answer('states', states('restarting', 'Restarting (137) 1 second ago'));
    answer('killed', 'false 137\n');
    expect((await run(['start'])).stderr).not.toContain('memory');
  });

  it('shows the run that died, not the newest, which has said nothing yet', async () => {
    answer('states', states('restarting', 'Restarting (1) 1 second ago'));
    answer('times', '2099-01-01T00:00:09Z 2099-01-01T00:00:08Z 3\n');
    answer('logs', '');
    answer('logs-until', 'CommandError: Conflicting migrations detected\n');
    const { stderr } = await run(['start']);
    expect(stderr).toContain('| CommandError: Conflicting migrations');
    expect(stderr).toContain('makemigrations --merge');
    expect(stderr.match(/CommandError/g)!.length).toBeLessThanOrEqual(2);
  });

  it('does not judge a container that is about to be replaced', async () => {
    answer('states', `db\trunning\tUp 1 hour (healthy)\tdb1\tapp-db\nproxy\trunning\tUp 1 hour (health: starting)\told\tapp-proxy\n`);
    answer('logs', 'Traceback\nModuleNotFoundError: No module named "nope"\n');
    answer('up-seconds', '3');
    const { stderr } = await run(['start'], { START_TIMEOUT: '1' });
    expect(stderr).toContain('proxy was not ready within 1 seconds');
    expect(stderr).not.toContain('db is not well');
  });

  it('begins its limit when the container runs, not with the images', async () => {
    answer('states', '');
    answer('up-seconds', '2');
    answer('states-after', states('healthy'));
    const { exitCode, stdout } = await run(['start'], { START_TIMEOUT: '1' });
    expect(stdout).toContain('Ready in');
    expect(exitCode).toBe(0);
  });

  it('is ready only when nginx reaches what it passes on, and says so where it does not', async () => {
    answer('config', STACK);
    answer('states', ['db', 'redis', 'backend', 'mailer', 'frontend', 'runner', 'proxy'].map((name) => `${name}\trunning\tUp (healthy)\t${name}1\tapp-${name}\n`).join(''));
    expect((await run(['start'])).stdout).toContain('Ready in');
    const asked = () => calls().filter((call) => call.startsWith('exec proxy1 ')).map((call) => call.split(' ').at(-1));
    expect(asked()).toEqual(['/', '/api/v1/health/live/']);

    answer('fail-at', 'exec proxy1');
    answer('fail-words', 'wget: server returned error: HTTP/1.1 502 Bad Gateway\n');
    const { exitCode, stdout, stderr } = await run(['start']);
    expect(stderr).toMatch(/502 Bad Gateway\n.*nginx does not reach the frontend, which is healthy \(see above\)\.\n.*docker-dev\.sh logs proxy/);
    expect(stdout).not.toContain('Ready in');
    expect(exitCode).toBe(1);
  });

  it('tells each step of a build that is not cached', async () => {
    answer('config', STACK);
    answer('build', '#7 [backend base 2/4] RUN apt-get update\n#7 CACHED\n\n#8 [backend base 3/4] COPY requirements/*.txt /tmp/\n#8 DONE 0.1s\n');
    const { stdout } = await run(['start'], { START_TIMEOUT: '1' });
    expect(stdout).toContain('[backend base 3/4] COPY requirements/*.txt /tmp/');
    expect(stdout).not.toContain('apt-get update');
  });

  it('ends what is broken only among what it starts, and lets a recovering database be', async () => {
    answer('config', STACK);
    answer('states', `db\trunning\tUp 5 seconds (unhealthy)\td1\tapp-db\nrunner\trunning\tUp 1 hour (unhealthy)\tr1\tapp-runner\nredis\trunning\tUp (unhealthy)\te1\tapp-redis\n`);
    answer('health-log-once', 'healthcheck: recovering\n');
    await run(['start', 'backend'], { START_TIMEOUT: '1' });
    expect(calls().filter((call) => call.startsWith('stop '))).toEqual(['stop e1']);
  });

  it('gives up after START_TIMEOUT', async () => {
    answer('states', states('running', 'Up 1 second (health: starting)'));
    const { exitCode, stderr } = await run(['start'], { START_TIMEOUT: '1' });
    expect(stderr).toContain('db was not ready within 1 seconds of its start');
    expect(exitCode).toBe(1);
  });
});

it('start --timeline tells the hops, and what is not a service', async () => {
  answer('states', states('healthy'));
  const at = (seconds: number) => String(BigInt(Date.UTC(2026, 10, 24, 9, 59, 58)) * 1_000_000n + BigInt(seconds * 1000) * 1_000_000n);
  answer('time-first', '2026-11-24T09:59:58.000000001Z');
  answer('timeline', `${at(0.5)}\tcreate\tdb\n${at(0.75)}\tstart\tdb\n${at(1)}\thealth_status: healthy\tdb\n${at(1.25)}\tstart\tproxy\n${at(2)}\thealth_status: healthy\tproxy\n`);
  const { exitCode, stdout } = await run(['start', '--timeline']);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^db +0\.50 +0\.75 +1\.00$/m);
  expect(stdout).toMatch(/^proxy +- +1\.25 +2\.00$/m);
  expect(stdout).toContain('before the first container 0.50, behind the last 0.50, in all 2.50');
});

it.each([[['start']], [['start', '--timeline']]])('%j ends although a line of the engine’s events has only half arrived', async (line) => {
  answer('states', states('healthy'));
  answer('timeline', '1795841997852946712\tcreate');
  const { exitCode, stderr } = await run(line);
  expect(stderr).toBe('');
  expect(exitCode).toBe(0);
}, 20_000);

describe('ports that are taken', () => {
  const taken: Server[] = [];
  let ports: { proxy: number; db: number };
  beforeEach(async () => {
    for (let i = 0; i < 2; i++) {
      taken.push(createServer().listen(0, '127.0.0.1'));
      await new Promise((resolve) => taken[i]!.once('listening', resolve));
    }
    const [proxy, db] = taken.map((server) => (server.address() as AddressInfo).port);
    ports = { proxy: proxy!, db: db! };
    writeFileSync(join(project, '.env'), `A=1\n# PROXY_PORT=80\nDB_PORT=${ports.db}\n`, { mode: 0o600 });
    answer('config', compose(ports));
    answer('states', states('healthy'));
  });
  afterEach(() => void taken.splice(0).forEach((server) => server.close()));

  it('are proposed together, all different, and written by the command that is named', async () => {
    const { stderr } = await run(['start']);
    const [, db, proxy] = /take these instead: DB_PORT=(\d+) PROXY_PORT=(\d+)\n/.exec(stderr)!;
    expect(db).not.toBe(proxy);
    expect(stderr).toContain('./docker-dev.sh start --fix-ports');
    answer('config-after', compose({ proxy: Number(proxy), db: Number(db) }));
    const { exitCode } = await run(['start', '--fix-ports']);
    expect(readFileSync(join(project, '.env'), 'utf8')).toBe(`A=1\nPROXY_PORT=${proxy}\nDB_PORT=${db}\n`);
    expect(statSync(join(project, '.env')).mode & 0o777).toBe(0o600);
    expect(exitCode).toBe(0);
  });

  it('are seen also where the tool that lists listeners may not see them', async () => {
    writeFileSync(join(fake, 'ss'), '#!/bin/sh\necho "LISTEN 0 128 127.0.0.1:1 0.0.0.0:*"\n', { mode: 0o755 });
    const { exitCode, stderr } = await run(['start']);
    expect(stderr).toContain(`Port ${ports.db}, wanted by db, is taken by another program.`);
    expect(exitCode).toBe(1);
  });

  it('that no value of .env changes are still refused', async () => {
    const { exitCode, stderr } = await run(['start', '--fix-ports']);
    expect(stderr).toContain('is taken by');
    expect(exitCode).toBe(1);
  });
});
