/** docs/swarm.md on three nodes: releases, one that is broken, and the death of a node, while people are there. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLoad, type LoadReport } from '../stack/load.ts';
import { keepRow, writeDocument } from '../stack/resilience.ts';
import { daemonFolder } from '../stack/second-engine.ts';
import { docker, generate, ownPorts } from '../stack/stack.ts';
import { timed, until } from '../stack/until.ts';
import { configure, lacks, prod, prodScript, removeSite, setInDotenv, type Site } from './site.ts';
import { ADDRESSES, makeSwarm, REGISTRY, share, type Swarm } from './swarm-nodes.ts';

const programs = await daemonFolder();
const NAME = 'pr-swarm-prod';

/** It runs, and answers whoever asks: only its health never comes. */
const NEVER_HEALTHY = `

def application(environ, start_response):
    start_response("503 Service Unavailable", [])
    return [b""]


print("broken release", flush=True)
`;

describe.skipIf(programs === undefined || lacks('docker-registry'))('on three nodes', () => {
  let site: Site;
  let swarm: Swarm | undefined;
  const file = (path: string) => join(site.stack.folder, path);
  const edit = async (path: string, change: (text: string) => string) => writeFile(file(path), change(await readFile(file(path), 'utf8')));
  /** On that node. @returns what it printed */
  const sh = async (node: number, command: string) => (await execa('sh', ['-c', command], { env: swarm!.environment(node), all: true })).all;
  const running = (node: number) => sh(node, `docker ps -q -f label=com.docker.stack.namespace=${NAME}`);
  const title = async (address: string) => {
    const page = await execa('curl', ['-sk', '--max-time', '5', '-H', 'Host: localhost', `https://${address}:${site.https}/`]);
    return /<title>(.*)<\/title>/.exec(page.stdout)?.[1];
  };

  beforeAll(async () => {
    swarm = await makeSwarm(programs!);
    site = { stack: await generate('pr-swarm', ownPorts(22), '--celery'), http: 30_281, https: 30_243 };
    await configure(site);
    const [nginx, postgres, redis] = [await share('nginx:1.27-alpine'), await share('postgres:15'), await share('redis:7')];
    await setInDotenv(site, { NGINX_IMAGE: nginx, POSTGRES_IMAGE: postgres, REDIS_IMAGE: redis });
    // This kernel may have no IPVS, without which a swarm has no ingress: each node's own ports are asked.
    await setInDotenv(site, { SWARM_PUBLISH: 'host', PROXY_REPLICAS: '3' });
    await prod(site, 'certificate', '--self-signed');
  });
  afterAll(async () => {
    await prodScript(site, 'down', '--swarm');
    await swarm?.remove();
    await writeDocument();
    const volumes = (await docker('volume', 'ls', '--quiet', '--filter', `label=com.docker.stack.namespace=${NAME}`)).split('\n').filter(Boolean);
    if (volumes.length > 0) await docker('volume', 'rm', '--force', ...volumes);
    await removeSite(site);
  });

  /** Fifty requests a second to Django, each to the next node: one that refuses is passed over, as a balancer does. */
  async function underLoad<T>(what: string, work: () => Promise<T>): Promise<{ readonly value: T; readonly report: LoadReport }> {
    const load = startLoad(site.https, '/api/v1/config/frontend/', true, undefined, ADDRESSES);
    await sleep(1000);
    const { seconds, value } = await timed(work);
    await sleep(1000);
    const report = await load.stop();
    keepRow(what, seconds, report);
    console.log(`${what}: ${seconds.toFixed(1)} s, ${report.failed} of ${report.sent} failed, the longest took ${report.longest.toFixed(2)} s`);
    expect(report.sent).toBeGreaterThan(100);
    return { value, report };
  }

  test('says what lacks, one thing after the other, with the command that mends it', async () => {
    const registry = await prodScript(site, 'deploy', '--swarm');
    expect([registry.exitCode, registry.all]).toEqual([1, expect.stringContaining('REGISTRY in .env.prod is empty')]);
    await setInDotenv(site, { REGISTRY });
    const label = await prodScript(site, 'deploy', '--swarm');
    const [, command = ''] = /docker (node update --label-add \S+) NODE/.exec(label.all) ?? [];
    await docker(...command.split(' '), await docker('node', 'inspect', 'self', '--format', '{{.ID}}'));
    const many = await prodScript(site, 'deploy', '--swarm');
    expect(many.all).toMatch(/3 × 5 processes .* POSTGRES_MAX_CONNECTIONS is 60. Lower BACKEND_PROCESSES/);
    await setInDotenv(site, { BACKEND_PROCESSES: '3' });
    const back = await prodScript(site, 'rollback', '--swarm');
    expect([back.exitCode, back.all]).toEqual([1, expect.stringContaining('There is no release before this one')]);
  });

  test('the first release is on every node', async () => {
    const said = await prod(site, 'deploy', '--swarm');
    expect(said).toMatch(/Release \d{8}-\d{6} serves/);
    for (const address of ADDRESSES) expect(await title(address)).toBe('Starting…');
    expect(await prod(site, 'status', '--swarm')).toMatch(/_backend\s+2\/2/);
  }, 400_000);

  test('another one takes its place without a failed request', async () => {
    await edit('frontend/index.html', (text) => text.replace(/<title>.*<\/title>/, '<title>Second</title>'));
    const { report } = await underLoad('swarm: a release', () => prod(site, 'deploy', '--swarm'));
    for (const address of ADDRESSES) expect(await title(address)).toBe('Second');
    expect(report.failed).toBe(0);
  }, 400_000);

  test('one whose health never comes is taken back without a failed request', async () => {
    const [, release] = /Release (\S+)/.exec(await prod(site, 'status', '--swarm'))!;
    await edit('backend/config/wsgi.py', (text) => text + NEVER_HEALTHY);
    const { value, report } = await underLoad('swarm: a release that never becomes healthy', () => prodScript(site, 'deploy', '--swarm'));
    await edit('backend/config/wsgi.py', (text) => text.replace(NEVER_HEALTHY, ''));
    expect(value.exitCode).toBe(1);
    expect(value.all).toContain('broken release');
    expect(value.all).toContain(`The release ${release} serves on`);
    const images = (await docker('service', 'ls', '--format', '{{.Name}} {{.Image}}')).split('\n').filter((line) => /_(backend|celery)/.test(line));
    expect(images).toEqual([expect.stringContaining(`:${release}`), expect.stringContaining(`:${release}`)]); // the worker goes with it
    expect(await title(ADDRESSES[0]!)).toBe('Second');
    expect(report.failed).toBe(0);
  }, 400_000);

  test('the one before is back with one command', async () => {
    const { report } = await underLoad('swarm: a rollback', () => prod(site, 'rollback', '--swarm'));
    expect(await title(ADDRESSES[1]!)).toBe('Starting…');
    expect(report.failed).toBe(0);
  }, 400_000);

  test('a node dies: what it ran comes up elsewhere, and all is answered again', async () => {
    const { report } = await underLoad('swarm: a node dies', async () => {
      await swarm!.kill(3);
      const states = () => docker('service', 'ps', '--filter', 'desired-state=running', '--format', '{{.CurrentState}}', `${NAME}_backend`);
      await until('the node is known to be dead', async () => (await docker('node', 'ls', '--format', '{{.Status}}')).includes('Down'), { seconds: 60 });
      await until('two of the backend run', async () => (await states()).split('\n').every((state) => state.startsWith('Running')), { seconds: 120 });
    });
    expect(report.outage).toBeLessThan(60);
    const after = startLoad(site.https, '/api/v1/config/frontend/', true, undefined, ADDRESSES.slice(0, 2));
    await sleep(3000);
    expect((await after.stop()).failed).toBe(0);
  }, 400_000);

  test('a release comes also while a node is dead, once what it had room for is asked for no more', async () => {
    const many = await prodScript(site, 'deploy', '--swarm');
    expect([many.exitCode, many.all]).toEqual([1, expect.stringContaining('PROXY_REPLICAS is 3, one on each node, and the nodes that answer are 2: lower it')]);
    await setInDotenv(site, { PROXY_REPLICAS: '2' });
    const said = await prodScript(site, 'deploy', '--swarm');
    expect(said.all).toContain('serves after');
    for (const address of ADDRESSES.slice(0, 2)) expect(await title(address)).toBe('Second');
    const kept = (await readFile(file('.prod/releases'), 'utf8')).split('\n').filter(Boolean);
    expect(kept).toHaveLength(3);
    for (const node of [1, 2]) {
      const listed = await sh(node, 'docker exec $(docker ps -q -f name=_proxy) ls /srv/www');
      expect(listed.split('\n').filter((name) => /^\d/.test(name))).toEqual(kept.toSorted()); // the broken one's are gone
    }
  }, 400_000);

  test('docs/swarm.md tells how to reach what runs', async () => {
    const text = await readFile(file('docs/swarm.md'), 'utf8');
    const [manage = '', dump = ''] = [...text.matchAll(/`(docker exec [^`]*)`/g)].map((match) => match[1]!);
    const backends = await Promise.all([1, 2].map((node) => sh(node, 'docker ps -q -f name=_backend')));
    expect(await sh(backends[0] ? 1 : 2, manage.replace(' -it ', ' ').replace('…', 'check'))).toContain('no issues');
    await sh(1, dump.replace('FILE', file('dump')));
    expect((await readFile(file('dump'))).subarray(0, 5).toString()).toBe('PGDMP');
  });

  test('it ends, on the node that is dead as soon as it is back', async () => {
    const said = await prodScript(site, 'down', '--swarm');
    expect([said.exitCode, said.all]).toEqual([0, expect.stringContaining('A node is down: what runs there of it ends when the node is back.')]);
    expect(await docker('service', 'ls', '--quiet')).toBe('');
    for (const node of [1, 2]) expect(await running(node)).toBe('');
    expect(await running(3)).not.toBe('');
    await swarm!.revive(3);
    await until('the node has ended all', async () => (await running(3)) === '', { seconds: 150 });
  });
});
