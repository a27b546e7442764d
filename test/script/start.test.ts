/** `docker-dev.sh start` as its user meets it: what it sees before, shows meanwhile and says of a failure. */
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { answer, calls, compose, run, states } from './sandbox.ts';

describe('start', () => {
  it('ends with the addresses, port 80 left out', async () => {
    answer('states', states('healthy'));
    answer('config', compose({ proxy: 80, db: 18_998 }));
    answer('publisher', 'app-proxy\tapp\n'); // whatever has port 80 on this machine counts as our own
    const { exitCode, stdout } = await run(['start']);
    expect(stdout).toMatch(/Ready in \d+ seconds/);
    expect(stdout).toMatch(/Admin +http:\/\/localhost\/admin\/$/m);
    expect(stdout).toMatch(/PostgreSQL +postgresql:\/\/postgres@localhost:18998\/backend_db$/m);
    expect(exitCode).toBe(0);
    expect(calls()).toContain('compose --progress plain up --detach --build');
  });

  it('asks Compose three times in all', async () => {
    answer('states', states('healthy'));
    await run(['start']);
    expect(calls().filter((call) => call.startsWith('compose '))).toHaveLength(3);
  });

  it('names who has a port, and starts nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    answer('config', compose({ proxy: port, db: 18_998 }));
    const { exitCode, stderr } = await run(['start']);
    server.close();
    expect(stderr).toMatch(new RegExp(`Port ${port}, wanted by proxy, is taken by .+\\.`));
    expect(stderr).toMatch(/for example: PROXY_PORT=\d+/);
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
    expect(stderr).toContain('code does not load');
    expect(stderr).not.toContain('Not ready within');
    expect(exitCode).toBe(1);
  });

  it('gives up after START_TIMEOUT', async () => {
    answer('states', states('running', 'Up 1 second (health: starting)'));
    const { exitCode, stderr } = await run(['start'], { START_TIMEOUT: '1' });
    expect(stderr).toContain('Not ready within 1 seconds');
    expect(exitCode).toBe(1);
  });
});
