/** Numbers for Prometheus: off by default, one variable away, and never for the world. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { docker } from '../stack/stack.ts';
import { ask } from '../stack/http.ts';
import { containerOf, HOST, prod, setInDotenv, visit } from './site.ts';

const site = inject('site');
const OBSERVED = ['backend', 'celery', 'proxy'] as const;

/** As a Prometheus in their network does: from another container, by the service's name. @throws where nothing answers */
async function scrape(service: (typeof OBSERVED)[number], path = '/metrics'): Promise<string> {
  const code = `from urllib.request import urlopen; print(urlopen("http://${service}:9100${path}", timeout=5).read().decode())`;
  return docker('exec', await containerOf(site, service === 'backend' ? 'celery' : 'backend'), 'python', '-c', code);
}

const numberOf = (text: string, row: string) => Number(new RegExp(`^${row.replaceAll(/[{}.]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);

test('without the variable nobody listens', async () => {
  for (const service of OBSERVED) await expect(scrape(service), service).rejects.toThrow('Connection refused');
});

describe('with METRICS=1', () => {
  beforeAll(async () => {
    await setInDotenv(site, { METRICS: '1' });
    await prod(site, 'up');
  });
  afterAll(async () => {
    await setInDotenv(site, { METRICS: '0' });
    await prod(site, 'up');
  });

  test('every request is counted once, whichever process answered it, and kept when one is replaced', async () => {
    const row = 'http_request_duration_seconds_count{method="GET",route="frontend-config",status="200"}';
    const ask = () => Promise.all(Array.from({ length: 50 }, () => visit(site, '/api/v1/config/frontend/')));
    await ask();
    expect(numberOf(await scrape('backend'), row)).toBe(50);
    const id = await containerOf(site, 'backend');
    expect(Number(await docker('exec', id, 'sh', '-c', 'ls /tmp/metrics | grep -c ^histogram'))).toBeGreaterThan(1); // more than one of them did
    await docker('exec', id, 'sh', '-c', 'for f in /tmp/metrics/histogram_*.db; do f=${f%.db}; kill -TERM "${f##*_}"; done');
    await expect.poll(() => docker('exec', id, 'sh', '-c', 'for f in /tmp/metrics/gauge_livesum_*.db; do f=${f%.db}; kill -0 "${f##*_}" || echo dead; done'), { timeout: 20_000 }).toBe('');
    await ask();
    const text = await scrape('backend');
    expect(numberOf(text, row)).toBe(100);
    expect(numberOf(text, 'http_requests_in_progress')).toBe(0);
  });

  test('the worker tells how its tasks ended, and how many wait', async () => {
    await prod(site, 'manage', 'shell', '--no-imports', '-c', 'from apps.worker.tasks import clear_expired_sessions as task; task.delay()');
    await expect.poll(async () => numberOf(await scrape('celery'), 'task_duration_seconds_count{state="SUCCESS",task="apps.worker.tasks.clear_expired_sessions"}'), { timeout: 10_000 }).toBe(1);
    expect(numberOf(await scrape('celery'), 'tasks_waiting')).toBe(0);
  });

  test('nginx tells what it is at', async () => {
    expect(numberOf(await scrape('proxy'), 'nginx_connections_active')).toBeGreaterThan(0);
    expect(await scrape('proxy', '/stub_status')).toMatch(/^server accepts handled requests$/m);
  });

  test('none of it goes through 80 or 443, or is published', async () => {
    for (const path of ['/metrics', '/metrics/', '/stub_status', '/api/metrics', '/api/v1/metrics/', '/static/metrics', '/media/metrics']) {
      for (const host of [HOST, 'backend', 'backend:9100', `${HOST}:9100`]) {
        const [secure, plain] = [await visit(site, path, { Host: host }), await ask({ port: site.http, path, headers: { Host: host } })];
        for (const { text } of [secure, plain]) expect(text, `${host}${path}`).not.toMatch(/http_request|nginx_connections|server accepts/);
      }
    }
    expect(await docker('ps', '--filter', `label=com.docker.compose.project=${site.stack.name}-prod`, '--format', '{{.Ports}}')).not.toMatch(/->9100/);
  });
});
