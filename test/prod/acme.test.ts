/** A certificate from an ACME authority: Pebble, which Let's Encrypt tests clients with, on this machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type PeerCertificate } from 'node:tls';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { lacks, nameOf, prod, prodScript } from './site.ts';

const site = inject('site');
const PORT = { acme: 27_592, management: 27_593, dns: 27_594, names: 27_595 };
const started: ChildProcess[] = [];

describe.skipIf(lacks('pebble'))('prod certificate --acme', () => {
  let args: readonly string[] = [];

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'create-devstack-acme-'));
    const [certificate, privateKey, config] = ['certificate', 'key', 'config.json'].map((name) => join(folder, name)) as [string, string, string];
    await execa('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=pebble', '-keyout', privateKey, '-out', certificate]);
    const pebble = { listenAddress: `0.0.0.0:${PORT.acme}`, managementListenAddress: `127.0.0.1:${PORT.management}`, certificate, privateKey, httpPort: site.http, tlsPort: site.https };
    await writeFile(config, JSON.stringify({ pebble }));
    // It asks this server for every name, and this machine is the answer.
    start('pebble-challtestsrv', '-defaultIPv4', '127.0.0.1', '-defaultIPv6', '', '-dns01', `127.0.0.1:${PORT.dns}`, '-management', `127.0.0.1:${PORT.names}`, '-http01', '', '-https01', '', '-tlsalpn01', '');
    start('pebble', '-config', config, '-dnsserver', `127.0.0.1:${PORT.dns}`);
    const gateway = await docker('network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', `${nameOf(site)}_web`);
    args = ['certificate', '--acme', '--server', `https://${gateway}:${PORT.acme}/dir`, '--no-verify-ssl'];
  });
  afterAll(async () => {
    for (const child of started) child.kill();
    await prod(site, 'certificate', '--self-signed');
  });

  test('brings one for the names that others know, and nginx serves it', async () => {
    await prod(site, ...args);
    // For a moment the processes from before the reload still answer, too.
    // Until ten in a row are of the same process.
    const seen = async () => {
      const found = new Set<string>();
      for (let i = 0; i < 10; i++) {
        const { issuer, subjectaltname } = await served();
        found.add(`${issuer.CN.split(' ')[0]} for ${subjectaltname}`);
      }
      return [...found].join(', ');
    };
    await expect.poll(seen, { timeout: 10_000 }).toBe('Pebble for DNS:prod.test'); // not localhost, a name of this site too
  });

  test('keeps it while it is good', async () => {
    const { fingerprint256 } = await served();
    expect(await prod(site, ...args)).toContain('not yet due for renewal');
    expect((await served()).fingerprint256).toBe(fingerprint256);
  });

  test('changes nothing where the authority is not convinced', async () => {
    const { fingerprint256 } = await served();
    started[0]!.kill(); // nobody knows the name any more
    const { exitCode, all } = await prodScript(site, ...args, '--force-renewal');
    expect(exitCode).toBe(1);
    expect(all).toContain('what nginx has stays');
    expect((await served()).fingerprint256).toBe(fingerprint256);
  });
});

function start(command: string, ...args: string[]): void {
  const env = { ...process.env, PEBBLE_VA_NOSLEEP: '1', PEBBLE_WFE_NONCEREJECT: '0', PEBBLE_AUTHZREUSE: '0' };
  started.push(spawn(command, args, { env, stdio: 'ignore' }));
}

function served(): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: site.https, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
