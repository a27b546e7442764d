import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { scanCompose } from '../../src/doctor/compose-scan.ts';
import { parseDotenv } from '../../src/doctor/dotenv-lines.ts';
import { makeRoom, run } from '../process/run.ts';

const MIB = 1024 ** 2;

it('reads the file as it is emitted', async () => {
  const room = makeRoom();
  await run(['app', '--yes', '--celery', '--no-git', '--proxy-port', '8080'], room);
  const [compose, dotenv] = ['docker-compose.yml', '.env'].map((name) => readFileSync(join(room, 'app', name), 'utf8'));
  const { name, services, volumes } = scanCompose(compose ?? '', parseDotenv(dotenv ?? ''));
  const local = (port: number) => [{ address: '127.0.0.1', port }];
  expect(name).toBe('app');
  expect(services).toEqual([
    { name: 'db', ports: local(5432), cpus: 1, memory: 512 * MIB },
    { name: 'redis', ports: local(6379), cpus: 0.5, memory: 256 * MIB },
    { name: 'backend', ports: local(8000), cpus: 2, memory: 1024 * MIB },
    { name: 'frontend', ports: local(5173), cpus: 2, memory: 2048 * MIB },
    { name: 'proxy', ports: local(8080), cpus: 0.5, memory: 256 * MIB },
    { name: 'celery', ports: [], cpus: 1, memory: 512 * MIB },
  ]);
  expect(volumes).toContainEqual({ key: 'postgres_data', name: 'app-postgres-data' });
  expect(scanCompose(compose ?? '', new Map()).services.map((service) => service.name)).not.toContain('celery');
});

it.each([
  ['"80:80"', [{ address: '', port: 80 }]],
  ['"0.0.0.0:80:80"', [{ address: '', port: 80 }]],
  ['"${IP:-10.0.0.1}:${PORT}:80", "81:81"', [{ address: '10.0.0.1', port: 5 }, { address: '', port: 81 }]],
  ['"${NONE}:80"', []],
])('reads the ports %s', (ports, expected) => {
  expect(scanCompose(`services:\n  a:\n    ports: [${ports}]\n`, new Map([['PORT', '5']])).services[0]?.ports).toEqual(expected);
});

it.each([
  ['512m', 512 * MIB],
  ['2g', 2048 * MIB],
  ['1048576', MIB],
  ['much', undefined],
])('reads the memory %s', (memory, expected) => {
  expect(scanCompose(`services:\n  a:\n        limits: { memory: "${memory}" }\n`, new Map()).services[0]?.memory).toBe(expected);
});

it('finds nothing in a file of another shape', () => {
  expect(scanCompose('a: b\n', new Map([['COMPOSE_PROJECT_NAME', 'x']]))).toEqual({ name: 'x', services: [], volumes: [] });
});

it.each([
  ['A=1\r\nB="x # y"\nexport C=\'z\'\n# D=4\nE=5 # five\nA=2\n', { A: '2', B: 'x # y', C: 'z', E: '5' }],
  ['', {}],
])('reads the values of .env: %j', (text, values) => {
  expect(Object.fromEntries(parseDotenv(text))).toEqual(values);
});
