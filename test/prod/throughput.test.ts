/** What nginx costs beside Gunicorn alone, and how far one machine goes. `THROUGHPUT=1` measures for longer, and with more replicas; `npm run docs` takes it over. */
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { barHere } from '../stack/slowness.ts';
import { docker } from '../stack/stack.ts';
import { signUp, write } from './people.ts';
import { containerOf, containers, HOST, lacks, nameOf, prod, withDotenv } from './site.ts';
import { cells, keepTable, row } from './throughput-table.ts';
import { average, knee, measureThroughput, useDuring, type Throughput } from './throughput.ts';

const LONG = Boolean(process.env['THROUGHPUT']);
const SECONDS = LONG ? 3 : 1;
/** Gunicorn answers twice as much in a round in which its processes happen to get as many connections each: many rounds, rather than long ones. */
const rounds = (connections: number) => (connections === 1 ? 8 : 32);
const site = inject('site');
const ENDPOINTS = { 'no database': '/api/v1/config/frontend/', 'a list from the database': '/api/v1/documents/' } as const;
const headers = { Host: HOST, Cookie: '' };

/** In Docker's network: before a port that is published on the loopback stands one process more, Docker's, which no visitor from outside meets. */
async function addressOf(container: string): Promise<string> {
  return docker('inspect', '--format', `{{(index .NetworkSettings.Networks "${nameOf(site)}_web").IPAddress}}`, container);
}

const nginx = async () => `https://${await addressOf(await containerOf(site, 'proxy'))}`;

describe.skipIf(lacks('wrk'))('throughput', () => {
  beforeAll(async () => {
    headers.Cookie = await signUp(site, 'many@requests.test');
    for (let n = 0; n < 20; n++) expect((await write(site, headers.Cookie, 'POST', ENDPOINTS['a list from the database'], JSON.stringify({ title: `Document ${n}` }))).status).toBe(201);
  });

  const costs: string[] = [];

  /** By turns, so that what else this machine does meets both. */
  async function compare(what: keyof typeof ENDPOINTS, connections: number) {
    const path = ENDPOINTS[what];
    const gunicorn = `http://${await addressOf(await containerOf(site, 'backend'))}:8000`;
    const proxy = await nginx();
    const load = { connections, seconds: SECONDS };
    const [direct, proxied]: [Throughput[], Throughput[]] = [[], []];
    for (let round = 0; round < rounds(connections); round++) {
      direct.push(await measureThroughput(gunicorn + path, { ...load, headers: { ...headers, 'X-Forwarded-Proto': 'https' } }));
      proxied.push(await measureThroughput(proxy + path, { ...load, headers }));
    }
    const result = { direct: average(direct), proxied: average(proxied) };
    const cost = 1 - result.proxied.perSecond / result.direct.perSecond;
    costs.push(row(what, connections, ...cells(result.direct), ...cells(result.proxied), `${(100 * cost).toFixed(1)} %`));
    console.log(costs.at(-1));
    return { ...result, cost };
  }

  test('nginx, with its TLS, takes at most a tenth of the pages that Gunicorn answers by itself', async () => {
    expect((await compare('a list from the database', 16)).cost).toBeLessThanOrEqual(0.1);
    if (LONG) await compare('a list from the database', 1);
  }, 400_000);

  test('nginx, with its TLS, adds less than half a millisecond to what takes Gunicorn one', async () => {
    const { direct, proxied } = await compare('no database', 1);
    expect(proxied.p50 - direct.p50).toBeLessThan(barHere(0.5));
    if (LONG) await compare('no database', 16);
  }, 400_000);

  // Half a processor for each replica: as long as there are processors left, the next one adds as much as the first.
  test.runIf(LONG)(
    'with more replicas',
    async () => {
      const rows: string[] = [];
      const release = (await prod(site, 'status')).match(/Release (\S+?),?\s/)![1]!;
      const files = { COMPOSE_FILE: join(site.stack.folder, 'docker-compose.prod.yml'), COMPOSE_ENV_FILES: ['.env.example', '.env.prod'].map((name) => join(site.stack.folder, name)).join(',') };
      await withDotenv(site, { BACKEND_CPUS: '0.5', BACKEND_PROCESSES: '2' }, async () => {
        for (const replicas of [1, 2, 3, 4]) {
          await execa('docker', ['compose', 'up', '--detach', '--wait', '--no-deps', '--scale', `backend=${replicas}`, 'backend'], { env: { ...files, COMPOSE_PROJECT_NAME: nameOf(site), RELEASE: release } });
          const of = (service: string) => containers(site, `label=com.docker.compose.service=${service}`);
          const all = { backend: await of('backend'), proxy: await of('proxy'), db: await of('db') };
          expect(all.backend).toHaveLength(replicas);
          const url = (await nginx()) + ENDPOINTS['a list from the database'];
          const measured = [];
          for (const connections of [1, 2, 4, 8, 16, 32]) {
            const { value, use } = await useDuring(all, () => measureThroughput(url, { connections, seconds: 6, headers }));
            measured.push({ ...value, connections, use });
          }
          const turn = knee(measured);
          rows.push(...measured.map((each) => row(replicas, each === turn ? `**${each.connections}**` : each.connections, ...cells(each), ...['backend', 'proxy', 'db'].map((name) => each.use[name]!.cpu.toFixed(0)), each.use['backend']!.megabytes.toFixed(0))));
          console.log(rows.join('\n'));
        }
      });
      await keepTable('replicas', ['replicas', 'connections', 'a second', 'p50, ms', 'p99, ms', 'backend, %', 'nginx, %', 'PostgreSQL, %', 'backend, MB'], rows);
    },
    1_800_000,
  );

  afterAll(async () => {
    if (!LONG) return;
    await keepTable('nginx', ['', 'connections', 'Gunicorn, a second', 'p50, ms', 'p99, ms', 'through nginx, a second', 'p50, ms', 'p99, ms', 'nginx costs'], costs);
    await prod(site, 'up');
  });
});
