/** What production shows to the world, and what it keeps from it. */
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { connect as connectSecurely } from 'node:tls';
import { execa } from 'execa';
import { describe, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { ask } from '../stack/http.ts';
import { containerOf, containers, HOST, nameOf, prod, prodScript, setInDotenv, visit, withDotenv } from './site.ts';

const site = inject('site');

describe('what must not go into production', () => {
  test('is named at once, and nothing is changed', async () => {
    const before = await containers(site);
    const faults = { DJANGO_ALLOWED_HOSTS: '', DJANGO_DEBUG: '1', DJANGO_HSTS_PRELOAD: '1', BACKEND_PROCESSES: '9', TLS_CERTIFICATE: '/nowhere', POSTGRES_PASSWORD: 'x', SENTRY_DSN: 'x', EMAIL_HOST_PASSWORD: 'x', TRUSTED_PROXIES: '10.0.0.0/8,balancer' };
    const { exitCode, all } = await withDotenv(site, faults, () => prodScript(site, 'up'));
    expect(exitCode).toBe(1);
    for (const fault of ['DJANGO_ALLOWED_HOSTS is missing', 'DJANGO_DEBUG is 1', 'DJANGO_HSTS_PRELOAD', '/nowhere', 'POSTGRES_PASSWORD is set', "SENTRY_DSN is set as a variable: production's lies in .prod/secrets/sentry_dsn", 'EMAIL_HOST_PASSWORD is set', 'TRUSTED_PROXIES has "balancer"']) expect(all).toContain(fault);
    expect(all).toContain('2 × 9 processes with 4 connections each and 12 for all else are 84: POSTGRES_MAX_CONNECTIONS is 60');
    expect(await containers(site)).toEqual(before);
  });

  test("is development's secret, or one that anybody could guess", async () => {
    const { folder } = site.stack;
    const own = (await readFile(join(folder, '.env'), 'utf8')).match(/^REDIS_PASSWORD=(.*)$/m)?.[1] ?? '';
    const file = join(folder, '.prod/secrets/redis_password');
    const good = await readFile(file, 'utf8');
    for (const [value, fault] of [[own, "is development's"], ['change-me', 'is a placeholder']] as const) {
      await execa('sh', ['-c', `rm -f "$1" && printf %s "$2" >"$1"`, 'sh', file, value]);
      const { exitCode, all } = await prodScript(site, 'check');
      expect(exitCode).toBe(1);
      expect(all).toContain(fault);
    }
    await execa('sh', ['-c', `rm -f "$1" && printf %s "$2" >"$1" && chmod 444 "$1"`, 'sh', file, good]);
    await prod(site, 'check');
  });

  test("passes Django's own deployment check", async () => {
    expect(await prod(site, 'manage', 'check', '--deploy', '--fail-level', 'WARNING')).toContain('no issues');
  });
});

describe('published', () => {
  test('are 80 and 443, by what Compose reads from the committed files alone', async () => {
    const { stdout } = await execa('docker', ['compose', '--env-file', '.env.example', '-f', 'docker-compose.prod.yml', '--profile', '*', 'config', '--format', 'json'], { cwd: site.stack.folder });
    const { services } = JSON.parse(stdout) as { services: Record<string, { ports?: { published: string }[] }> };
    const published = Object.entries(services).flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port.published}`));
    expect(published).toEqual(['proxy 80', 'proxy 443']);
  });

  test('is nothing else on this machine: a scan of all its ports', async () => {
    const others = await docker('ps', '--format', '{{.Label "com.docker.compose.project"}} {{.Ports}}');
    const known = new Set(others.split('\n').filter((line) => !line.startsWith(`${nameOf(site)} `)).flatMap((line) => [...line.matchAll(/:(\d+)->/g)].map(([, port]) => Number(port))));
    const publishers = new Set((await execa('sh', ['-c', 'for p in $(pgrep -x docker-proxy); do tr "\\0" " " </proc/$p/cmdline; echo; done'])).stdout.match(/(?<=-host-port )\d+/g)?.map(Number));
    expect([...publishers].filter((port) => !known.has(port)).toSorted()).toEqual([site.http, site.https].toSorted());
    for (const port of [5432, 6379, 8000]) if (!known.has(port)) expect(await isOpen(port), String(port)).toBe(false);
  });

  test('the database has no way out, and the proxy none to the database', async () => {
    const route = await docker('exec', await containerOf(site, 'db'), 'cat', '/proc/net/route');
    expect(route.split('\n').filter((line) => line.split('\t')[1] === '00000000')).toEqual([]);
    await expect(docker('exec', await containerOf(site, 'proxy'), 'wget', '-T', '2', '-O-', 'http://db:5432')).rejects.toThrow(/bad address|resolve/);
  });
});

test('every container runs without root, without a capability, and cannot write to its own files', async () => {
  const ids = await containers(site);
  expect(ids).toHaveLength(5);
  for (const id of ids) {
    const [{ Name, Config, HostConfig }] = JSON.parse(await docker('inspect', id)) as [{ Name: string; Config: { User: string; Env: string[] }; HostConfig: Record<string, unknown> }];
    expect(Config.User, Name).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(HostConfig, Name).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], CapAdd: null, Privileged: false, SecurityOpt: ['no-new-privileges:true'] });
    expect(HostConfig['PidsLimit'], Name).toBeGreaterThan(0);
    expect(HostConfig['LogConfig'], Name).toMatchObject({ Config: { 'max-size': '10m' } });
    expect(Config.Env.filter((line) => /^(DJANGO_SECRET_KEY|\w*PASSWORD|REDISCLI_AUTH|SENTRY_DSN)=./.test(line)), Name).toEqual([]);
    await expect(docker('exec', id, 'sh', '-c', 'echo >/opt/written'), Name).rejects.toThrow(/[Rr]ead-only/);
    await docker('exec', id, 'sh', '-c', 'ln -sfn 1 /var/tmp/trial && rm /var/tmp/trial'); // where healing remembers
  }
});

describe('over TLS', () => {
  test('the page is never kept, its files are for ever, and both come compressed', async () => {
    const page = await visit(site, '/some/page');
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-cache');
    const [, script = ''] = /<script[^>]*src="([^"]+)"/.exec(page.text) ?? [];
    expect(script).toMatch(/^\/assets\/.+-[\w-]{8}\.js$/);
    const file = await visit(site, script, { 'Accept-Encoding': 'gzip' });
    expect(file.headers).toMatchObject({ 'content-encoding': 'gzip', 'cache-control': 'public, max-age=31536000, immutable' });
    expect(file.headers['content-length']).toBeDefined(); // compressed by the build, and not on the way
    expect((await visit(site, `${script}.map`)).status).toBe(404);
    expect(page.text).not.toMatch(/<script(?![^>]*src=)|<style|\sstyle=/);
  });

  test('every answer has a policy without unsafe-inline, and HSTS without preload', async () => {
    for (const path of ['/', '/api/v1/health/', '/api/none', '/admin/login/', '/static/admin/css/base.css', '/assets/none.js']) {
      const { headers } = await visit(site, path);
      expect(headers['content-security-policy'], path).toMatch(/default-src 'self'/);
      expect(headers['content-security-policy'], path).not.toContain('unsafe-inline');
      expect(headers['strict-transport-security'], path).toBe('max-age=3600; includeSubDomains');
      expect(headers['server'], path).toBe('nginx');
    }
    expect((await visit(site, '/static/admin/css/base.css')).status).toBe(200);
    expect((await visit(site, '/api/v1/health/', { Host: 'forged.example' })).status).toBe(400);
  });

  test('1.2 and 1.3 are spoken, 1.1 is not, and HTTP/2 is offered', async () => {
    expect(await handshake('TLSv1.2')).toBe('TLSv1.2 h2');
    expect(await handshake('TLSv1.3')).toBe('TLSv1.3 h2');
    await expect(handshake('TLSv1.1')).rejects.toThrow();
  });

  test('port 80 sends there, but for the proof of an ACME client', async () => {
    const sent = await ask({ port: site.http, path: '/a?b=c', headers: { Host: HOST } });
    expect([sent.status, sent.headers['location']]).toEqual([301, [`https://${HOST}/a?b=c`]]);
    await execa('sh', ['-c', 'cd .prod/acme/.well-known/acme-challenge && printf proof >token && chmod 644 token'], { cwd: site.stack.folder });
    expect((await ask({ port: site.http, path: '/.well-known/acme-challenge/token' })).text).toBe('proof');
  });

  test('a renewed certificate is taken up, and an open connection goes on', async () => {
    const before = await fingerprint();
    const open = connectSecurely({ host: '127.0.0.1', port: site.https, rejectUnauthorized: false });
    await new Promise((resolve) => open.once('secureConnect', resolve));
    open.write(`GET / HTTP/1.1\r\nHost: ${HOST}\r\n`); // begun, and not ended
    await prod(site, 'certificate', '--self-signed');
    await expect.poll(fingerprint, { timeout: 10_000 }).not.toBe(before);
    const answer = new Promise<string>((resolve) => open.once('data', (data) => resolve(data.toString('latin1'))));
    open.write('\r\n');
    expect(await answer).toMatch(/^HTTP\/1\.1 200/);
    open.destroy();
  });
});

describe('who asks, behind a balancer', () => {
  const CLAIMED = '203.0.113.9';
  const addressOf = async (path: string) => {
    await visit(site, path, { 'X-Forwarded-For': `198.51.100.7, ${CLAIMED}` });
    const line = async () => (await docker('logs', await containerOf(site, 'proxy'))).split('\n').find((each) => each.includes(path));
    await expect.poll(line, { timeout: 5000 }).toBeTruthy(); // nginx writes once a second
    return (await line())!.split(' ')[0];
  };

  test('is whoever is connected, whatever he claims to be', async () => {
    expect(await addressOf('/api/v1/nothing/untrusted/')).not.toBe(CLAIMED);
  });

  test('is the one that a balancer of TRUSTED_PROXIES names, and no further', async () => {
    await setInDotenv(site, { TRUSTED_PROXIES: '10.0.0.0/8,127.0.0.0/8,172.16.0.0/12,192.168.0.0/16' }); // where Docker's bridges are
    await prod(site, 'up');
    try {
      expect(await addressOf('/api/v1/nothing/trusted/')).toBe(CLAIMED);
    } finally {
      await setInDotenv(site, { TRUSTED_PROXIES: '' });
      await prod(site, 'up');
    }
  });
});

test('what may be empty is read from its file: the address of Sentry', async () => {
  const file = join(site.stack.folder, '.prod/secrets/sentry_dsn');
  const write = (text: string) => execa('sh', ['-c', 'chmod 644 "$1" && printf %s "$2" >"$1" && chmod 444 "$1"', 'sh', file, text]);
  const seen = () => prod(site, 'manage', 'shell', '--no-imports', '-c', 'from django.conf import settings as s; print(f"<{s.SENTRY_DSN}>")');
  expect(await seen()).toContain('<>');
  await write('https://key@errors.test/1\n');
  try {
    expect(await seen()).toContain('<https://key@errors.test/1>');
    await prod(site, 'check');
  } finally {
    await write('');
  }
});

test("development's own settings do not reach it", async () => {
  expect(await prod(site, 'manage', 'shell', '-c', 'from django.conf import settings as s; print(s.DEBUG, s.SESSION_COOKIE_SECURE)')).toContain('False True');
});

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() !== undefined)).on('error', () => resolve(false));
  });
}

function handshake(version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: site.https, rejectUnauthorized: false, minVersion: version, maxVersion: version, ALPNProtocols: ['h2', 'http/1.1'], ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const socket = connectSecurely(options, () => {
      resolve(`${socket.getProtocol()} ${socket.alpnProtocol}`);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}

function fingerprint(): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectSecurely({ host: '127.0.0.1', port: site.https, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
