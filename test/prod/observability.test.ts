/** Prometheus and Grafana beside the site: what is asked answers, and every panel of every dashboard has something to show. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { docker } from '../stack/stack.ts';
import { ask } from '../stack/http.ts';
import { prod, setInDotenv, visit } from './site.ts';

const site = inject('site');
const FOLDER = join(site.stack.folder, 'observability');
const DOTENV = join(site.stack.folder, '.env.prod');
const PORTS = { PROMETHEUS_PORT: '30090', GRAFANA_PORT: '30030' };
const PASSWORD = 'of-the-tests-7f3a';

const compose = (...args: string[]) =>
  execa('docker', ['compose', '--env-file', '.env.prod', '--file', 'docker-compose.observability.yml', ...args], { cwd: site.stack.folder, stdin: 'ignore' });

interface Panel {
  readonly title: string;
  readonly type: string;
  readonly datasource: { readonly uid: string };
  readonly targets: readonly { readonly expr: string }[];
}
interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

/** What stands for an image that cannot be pulled: the same program from Debian, at the same places and as the same user. */
const STAND_IN = `
FROM python:3.12-slim
RUN apt-get update && apt-get install --yes --no-install-recommends prometheus wget && install -d -o 65534 -g 65534 /prometheus
USER 65534
ENTRYPOINT ["/usr/bin/prometheus"]
`;

let dotenv = '';
let madeHere = '';
let hasGrafana = false;

beforeAll(async () => {
  dotenv = await readFile(DOTENV, 'utf8');
  await setInDotenv(site, { METRICS: '1', GRAFANA_PASSWORD: PASSWORD, ...PORTS });
  await prod(site, 'up');
  const { services } = parse((await compose('config')).stdout) as { services: Record<string, { image: string }> };
  hasGrafana = await canBeHad(services['grafana']!.image);
  const prometheus = services['prometheus']!.image;
  if (!(await canBeHad(prometheus))) {
    await execa('docker', ['build', '--tag', prometheus, '-'], { input: STAND_IN });
    madeHere = prometheus;
  }
  await compose('up', '--detach', '--wait', ...(hasGrafana ? [] : ['prometheus']));
  // Something of everything: answers, a refusal, and a task.
  await Promise.all(Array.from({ length: 20 }, () => visit(site, '/api/v1/config/frontend/')));
  await visit(site, '/api/v1/users/me/');
});

afterAll(async () => {
  await compose('down', '--volumes', '--remove-orphans');
  if (madeHere) await docker('rmi', madeHere);
  await writeFile(DOTENV, dotenv);
  await prod(site, 'up');
});

test('Prometheus finds all that can be asked, and each answers', async () => {
  const up = async () => (await query('up')).map(({ metric, value }) => `${metric['service']} ${value[1]}`).sort();
  await expect.poll(up, { timeout: 60_000 }).toEqual(['backend 1', 'celery 1', 'proxy 1']);
});

test('every panel is answered with data', async () => {
  const dashboards = await dashboardsOf();
  expect(dashboards.map(({ title }) => title)).toEqual(['Site', 'Tasks']);
  const panels = dashboards.flatMap(({ panels }) => panels);
  for (const { title, targets } of panels) {
    for (const { expr } of targets) {
      const seen = async () => {
        await visit(site, '/api/v1/config/frontend/');
        if (expr.includes('task')) await prodTask();
        return (await query(expr.replaceAll('$__rate_interval', '1m'))).filter(({ value }) => Number.isFinite(Number(value[1]))).length;
      };
      await expect.poll(seen, { timeout: 90_000, interval: 3000, message: `${title}: ${expr}` }).toBeGreaterThan(0);
    }
  }
}, 400_000);

test('the rules are read, without a fault', async () => {
  const { groups } = (await api('/api/v1/rules')) as { groups: { rules: { name: string; health: string; state: string }[] }[] };
  const rules = async () => groups.flatMap(({ rules }) => rules).map(({ name, state }) => `${name} ${state}`);
  expect(await rules()).toEqual(['Down inactive', 'Errors inactive']);
});

test('both listen on this machine alone, and hold nothing that they need not', async () => {
  const { services } = parse((await compose('config')).stdout) as { services: Record<string, Record<string, unknown>> };
  for (const [name, service] of Object.entries(services)) {
    expect((service['ports'] as { host_ip: string }[]).map(({ host_ip: ip }) => ip), name).toEqual(['127.0.0.1']);
    expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(String(service['image']), name).toMatch(/:v?\d+\.\d+\.\d+$/);
  }
});

test('Grafana is told of what there is', async () => {
  const { datasources } = parse(await readFile(join(FOLDER, 'grafana-datasources.yml'), 'utf8')) as { datasources: { uid: string; url: string }[] };
  const { providers } = parse(await readFile(join(FOLDER, 'grafana-dashboards.yml'), 'utf8')) as { providers: { options: { path: string } }[] };
  expect(datasources.map(({ url }) => url)).toEqual(['http://prometheus:9090']);
  expect(providers.map(({ options }) => options.path)).toEqual(['/etc/observability/dashboards']);
  const dashboards = await dashboardsOf();
  expect(new Set(dashboards.map(({ uid }) => uid)).size).toBe(dashboards.length);
  for (const panel of dashboards.flatMap(({ panels }) => panels)) expect(panel).toMatchObject({ type: 'timeseries', datasource: { uid: datasources[0]!.uid } });
});

/** Where its image can be had: it has taken up the dashboards, and asks Prometheus through itself. */
test('Grafana shows them', async ({ skip }) => {
  if (!hasGrafana) skip('its image cannot be pulled here');
  const headers = { Authorization: `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}` };
  const port = Number(PORTS.GRAFANA_PORT);
  for (const { uid } of await dashboardsOf()) expect((await ask({ port, path: `/api/dashboards/uid/${uid}`, headers })).status).toBe(200);
  expect((await ask({ port, path: '/api/datasources/proxy/uid/prometheus/api/v1/query?query=up', headers })).text).toContain('"success"');
});

async function canBeHad(image: string): Promise<boolean> {
  const { exitCode } = await execa('docker', ['pull', '--quiet', image], { reject: false, stdin: 'ignore', timeout: 120_000 });
  return exitCode === 0;
}

async function dashboardsOf(): Promise<readonly Dashboard[]> {
  const folder = join(FOLDER, 'dashboards');
  const texts = await Promise.all((await readdir(folder)).sort().map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text) => JSON.parse(text) as Dashboard);
}

const prodTask = () => prod(site, 'manage', 'shell', '--no-imports', '-c', 'from apps.worker.tasks import clear_expired_sessions as task; task.delay()');

async function api(path: string): Promise<unknown> {
  const { text } = await ask({ port: Number(PORTS.PROMETHEUS_PORT), path });
  const { status, data, error } = JSON.parse(text) as { status: string; data: unknown; error?: string };
  if (status !== 'success') throw new Error(error);
  return data;
}

async function query(expr: string): Promise<readonly { readonly metric: Record<string, string>; readonly value: readonly [number, string] }[]> {
  const { result } = (await api(`/api/v1/query?query=${encodeURIComponent(expr)}`)) as { result: { metric: Record<string, string>; value: [number, string] }[] };
  return result;
}
