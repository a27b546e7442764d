/** The architecture, row by row, in the compose file as Docker reads it. */
import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { BUILD_ARGUMENTS, NETWORK, SERVICES, START_PERIOD, TOTAL, VOLUMES, type Service } from './architecture.ts';
import { compose, DEFAULT_PORTS, generate, remove, type Stack } from './stack.ts';

const MEGABYTE = 1024 * 1024;

interface Resources {
  readonly cpus: number | string;
  readonly memory: number | string;
}

/** Postgres ends at once and in order by INT, nginx by QUIT; Redis writes what it has, and the worker hands back what it holds. */
const ENDING: Readonly<Record<string, readonly string[]>> = {
  db: ['--signal', 'INT', '--grace', '4'],
  redis: ['--grace', '3'],
  proxy: ['--signal', 'QUIT'],
  celery: ['--grace', '4'],
};

interface ComposeService {
  readonly image: string;
  readonly container_name: string;
  readonly user: string;
  readonly init: boolean;
  readonly stop_grace_period?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly restart: string;
  readonly profiles?: readonly string[];
  readonly build?: { readonly args: Readonly<Record<string, string>> };
  readonly cpu_shares: number;
  readonly deploy: { readonly resources: { readonly limits: Resources; readonly reservations: Resources } };
  readonly ports?: readonly { readonly host_ip: string; readonly published: string; readonly target: number }[];
  readonly volumes: readonly { readonly type: string; readonly source: string; readonly target: string }[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck: {
    readonly test: readonly string[];
    readonly interval: string;
    readonly retries: number;
    readonly start_period: string;
    readonly start_interval: string;
  };
}

interface ComposeModel {
  readonly name: string;
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly name: string; readonly driver: string }>>;
  readonly volumes: Readonly<Record<string, { readonly name: string }>>;
}

const readModel = async (stack: Stack): Promise<ComposeModel> =>
  JSON.parse(await compose(stack, 'config', '--format', 'json')) as ComposeModel;

const named = (text: string, { name }: Pick<Stack, 'name'>) => text.replace('NAME', name);

const stack = inject('stack');
const model = await readModel(stack);

describe.each(SERVICES)('$service', (row) => {
  const service = model.services[row.service]!;

  test('is there, with its image and name', () => {
    expect(service).toMatchObject({ image: named(row.image, stack), container_name: `${stack.name}-${row.service}` });
    expect(service.build?.args ?? {}).toMatchObject(BUILD_ARGUMENTS[row.service] ?? {});
  });

  test('publishes its port on this machine only', () => {
    const ports = service.ports?.map(({ host_ip, published, target }) => ({ host_ip, published, target })) ?? [];
    const published = String(stack.ports[row.service as keyof Stack['ports']]);
    expect(ports).toEqual(row.port ? [{ host_ip: '127.0.0.1', published, target: row.port.container }] : []);
  });

  test('has its limits and reservations', () => {
    const { limits, reservations } = service.deploy.resources;
    expect({
      cpus: Number(limits.cpus),
      cpusReserve: Number(reservations.cpus),
      memory: Number(limits.memory) / MEGABYTE,
      memoryReserve: Number(reservations.memory) / MEGABYTE,
    }).toEqual(row.limits);
    expect(service.cpu_shares).toBe(row.limits.cpusReserve * 1024);
  });

  test('mounts its volumes and folders', () => {
    const sources = Object.fromEntries(service.volumes.map(({ type, source, target }) => [target, { type, source }]));
    for (const [target, volume] of Object.entries(row.volumes)) {
      expect(sources[target]?.type).toBe('volume');
      expect(model.volumes[sources[target]!.source]?.name).toBe(`${stack.name}-${volume}`);
    }
    for (const [target, path] of Object.entries(row.binds)) {
      expect(sources[target]).toEqual({ type: 'bind', source: join(stack.folder, path) });
    }
  });

  test('starts after what it needs is healthy, and after nothing else', () => {
    const needs = Object.fromEntries(row.waitsFor.map((other) => [other, expect.objectContaining({ condition: 'service_healthy' })]));
    expect(service.depends_on ?? {}).toEqual(needs);
  });

  test('has its health check', () => {
    const { test: command, interval, retries, start_period, start_interval } = service.healthcheck;
    expectInOrder(command, row.health);
    const minutes = (row.startPeriod ?? START_PERIOD) / 60;
    expect({ retries, start_period, start_interval }).toEqual({ retries: 3, start_period: `${minutes}m0s`, start_interval: `${row.startInterval}ms` });
    expect(Number(/^(\d+)s$/.exec(interval)?.[1])).toBeGreaterThanOrEqual(10);
    expect(Number(/^(\d+)s$/.exec(interval)?.[1])).toBeLessThanOrEqual(30);
  });

  test('is asked to end as its program is used to, and given as long as that takes, when it hangs', () => {
    const [, , , ...flags] = service.healthcheck.test;
    const given = ['--signal', '--grace'].flatMap((flag) => (flags.includes(flag) ? [flag, flags[flags.indexOf(flag) + 1]] : []));
    expect(given).toEqual(ENDING[row.service] ?? []);
  });

  test('restarts, has an init process and its user', () => {
    expect(service).toMatchObject({ restart: 'unless-stopped', init: true, user: row.user });
  });

  test('belongs to its profile', () => {
    expect(service.profiles ?? []).toEqual(row.profile ? [row.profile] : []);
  });
});

describe('the whole', () => {
  test('has these services and no other', () => {
    expect(Object.keys(model.services).toSorted()).toEqual(SERVICES.map(({ service }) => service).toSorted());
  });

  test('adds up to the totals of the table', () => {
    const sum = (key: keyof typeof TOTAL) => SERVICES.reduce((total, { service }) => total + limit(model.services[service]!, key), 0);
    expect({ cpus: sum('cpus'), cpusReserve: sum('cpusReserve'), memory: sum('memory'), memoryReserve: sum('memoryReserve') }).toEqual(TOTAL);
  });

  test('hands on what .env says of the log, of HSTS and of the pool; the worker has its own', async () => {
    const names = ['DJANGO_LOG_FILE', 'DJANGO_HSTS_SECONDS', 'POSTGRES_POOL_SIZE'] as const;
    const of = ({ services }: ComposeModel) => (['backend', 'celery'] as const).map((service) => names.map((name) => services[service]!.environment[name]));
    expect(of(model)).toEqual([['backend.log', '', ''], ['celery.log', '', '0']]);
    const path = join(stack.folder, '.env');
    const original = await readFile(path, 'utf8');
    await appendFile(path, '\nDJANGO_LOG_FILE=web.log\nDJANGO_HSTS_SECONDS=5\nPOSTGRES_POOL_SIZE=3\n');
    try {
      expect(of(await readModel(stack))).toEqual([['web.log', '5', '3'], ['celery.log', '5', '0']]);
    } finally {
      await writeFile(path, original);
    }
  });

  test('looks for saved files by itself where .env says so, and only there', async () => {
    const polling = ({ services }: ComposeModel) => [
      ...(['backend', 'celery'] as const).map((service) => services[service]!.environment['WATCHFILES_FORCE_POLLING']),
      services['frontend']!.environment['CHOKIDAR_USEPOLLING'],
    ];
    expect(polling(model)).toEqual(['', '', '']);
    const path = join(stack.folder, '.env');
    const original = await readFile(path, 'utf8');
    expect(original).toContain('\n# WATCHFILES_FORCE_POLLING=\n');
    try {
      await appendFile(path, 'WATCHFILES_FORCE_POLLING=1\n');
      expect(polling(await readModel(stack))).toEqual(['1', '1', '1']);
    } finally {
      await writeFile(path, original);
    }
  });

  test('gives the worker the time to finish the longest task', () => {
    const [, minutes = 0, seconds = 0] = /^(?:(\d+)m)?(\d+)s$/.exec(model.services['celery']!.stop_grace_period ?? '') ?? [];
    expect(60 * Number(minutes) + Number(seconds)).toBeGreaterThan(90); // CELERY_TASK_TIME_LIMIT
  });

  test('has one bridge network', () => {
    const networks = Object.values(model.networks).map(({ name, driver }) => ({ name, driver }));
    expect(networks).toEqual([{ name: named(NETWORK.name, stack), driver: NETWORK.driver }]);
  });

  test('has these named volumes and no other', () => {
    const names = Object.values(model.volumes).map(({ name }) => name);
    expect(names.toSorted()).toEqual(VOLUMES.map((volume) => `${stack.name}-${volume}`).toSorted());
  });
});

describe('a project that names no port', () => {
  let defaults: Stack;
  beforeAll(async () => void (defaults = await generate('st-defaults', DEFAULT_PORTS)));
  afterAll(() => remove(defaults));

  test('publishes the ports of the architecture', async () => {
    const { services } = await readModel(defaults);
    const published = Object.entries(services).map(([service, { ports }]) => [service, ports?.map((port) => `${port.published}:${port.target}`)]);
    expect(Object.fromEntries(published)).toEqual({
      proxy: ['80:80'], frontend: ['5173:5173'], backend: ['8000:8000'], db: ['5432:5432'], redis: ['6379:6379'],
    } satisfies Partial<Record<Service, string[]>>);
  });
});

function limit(service: ComposeService, key: keyof typeof TOTAL): number {
  const { limits, reservations } = service.deploy.resources;
  const numbers = { cpus: limits.cpus, cpusReserve: reservations.cpus, memory: limits.memory, memoryReserve: reservations.memory };
  return Number(numbers[key]) / (key.startsWith('memory') ? MEGABYTE : 1);
}

/** Each word is matched by one argument, behind the one that matched before. */
function expectInOrder(command: readonly string[], words: readonly RegExp[]): void {
  let from = 0;
  for (const word of words) {
    const found = command.findIndex((argument, index) => index >= from && word.test(argument));
    expect(found, `${word} in ${command.join(' ')}`).toBeGreaterThanOrEqual(from);
    from = found + 1;
  }
}
