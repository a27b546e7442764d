/** What nginx, with its TLS, costs beside Gunicorn alone. */
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { barHere } from '../stack/slowness.ts';
import { docker } from '../stack/stack.ts';
import { signUp, write } from './people.ts';
import { containerOf, HOST, lacks, nameOf } from './site.ts';
import { measureThroughput, type Throughput } from './throughput.ts';

const [ROUNDS, SECONDS] = [5, 3];
const site = inject('site');
const ENDPOINTS = { 'no database': '/api/v1/config/frontend/', 'a list from the database': '/api/v1/documents/' } as const;
const headers = { Host: HOST, Cookie: '' };

describe.skipIf(lacks('wrk'))('throughput', () => {
  beforeAll(async () => {
    headers.Cookie = await signUp(site, 'many@requests.test');
    for (let n = 0; n < 20; n++) expect((await write(site, headers.Cookie, 'POST', ENDPOINTS['a list from the database'], JSON.stringify({ title: `Document ${n}` }))).status).toBe(201);
  });

  /** Both are asked in Docker's network: a published port on the loopback is one process more, Docker's, which no visitor from outside meets. */
  async function addressOf(service: string) {
    return docker('inspect', '--format', `{{(index .NetworkSettings.Networks "${nameOf(site)}_web").IPAddress}}`, await containerOf(site, service));
  }

  /** By turns, so that what else this machine does meets both. */
  async function compare(what: keyof typeof ENDPOINTS, connections: number) {
    const [gunicorn, nginx] = await Promise.all([`http://${await addressOf('backend')}:8000`, `https://${await addressOf('proxy')}`]);
    const load = { connections, seconds: SECONDS };
    const [direct, proxied]: [Throughput[], Throughput[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      direct.push(await measureThroughput(gunicorn + ENDPOINTS[what], { ...load, headers: { ...headers, 'X-Forwarded-Proto': 'https' } }));
      proxied.push(await measureThroughput(nginx + ENDPOINTS[what], { ...load, headers }));
    }
    const result = { direct: median(direct), proxied: median(proxied) };
    const cost = 1 - result.proxied.perSecond / result.direct.perSecond;
    console.log([what, `${connections} connections`, 'Gunicorn', ...cells(result.direct), 'through nginx', ...cells(result.proxied), `nginx costs ${(100 * cost).toFixed(1)} %`].join(', '));
    return { ...result, cost };
  }

  test('nginx, with its TLS, takes at most a tenth of the pages that Gunicorn answers by itself', async () => {
    expect((await compare('a list from the database', 16)).cost).toBeLessThanOrEqual(0.1);
  }, 300_000);

  test('nginx, with its TLS, adds less than half a millisecond to what takes Gunicorn one', async () => {
    const { direct, proxied } = await compare('no database', 1);
    expect(proxied.p50 - direct.p50).toBeLessThan(barHere(0.5));
  }, 300_000);
});

const cells = ({ perSecond, p50, p99 }: Throughput) => [`${perSecond.toFixed(0)} a second`, `p50 ${p50.toFixed(1)} ms`, `p99 ${p99.toFixed(1)} ms`];

function median(rounds: readonly Throughput[]): Throughput {
  return rounds.toSorted((a, b) => a.perSecond - b.perSecond)[Math.floor(rounds.length / 2)]!;
}
