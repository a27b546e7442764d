/** A healthy machine with a healthy project in /app, as a System; each test says what is different. */
import type { Finding } from '../../src/doctor/finding.ts';
import { createSubject, type Check } from '../../src/doctor/subject.ts';
import type { Ran, Stat, System } from '../../src/doctor/system.ts';

export const APP = '/app';
export const NOON = Date.parse('2026-01-31T12:00:00Z');
const GB = 1e9;

export interface Machine extends Partial<Pick<System, 'platform' | 'cpus' | 'memory'>> {
  /** Path to text; undefined where the healthy one is to be missing. */
  readonly files?: Readonly<Record<string, string | undefined>>;
  readonly stats?: Readonly<Record<string, Partial<Stat>>>;
  /** The start of a command line to what it does. */
  readonly commands?: Readonly<Record<string, Ran>>;
  /** Ports that somebody listens on, at all addresses, and who. */
  readonly ports?: Readonly<Record<number, string>>;
  /** The machine's own. */
  readonly addresses?: readonly string[];
  /** Milliseconds since 1970. */
  readonly now?: number;
  readonly freeSpace?: Readonly<Record<string, number>>;
  /** Links, and folders of other projects. */
  readonly realPaths?: Readonly<Record<string, string>>;
}

export const ok = (stdout: string): Ran => ({ status: 'ok', stdout });
export const failed = (stderr: string): Ran => ({ status: 'failed', stderr });
export const MISSING: Ran = { status: 'missing' };

export const INFO = { ServerVersion: '28.5.2', NCPU: 8, MemTotal: 16 * GB, DockerRootDir: '/var/lib/docker', SystemTime: '2026-01-31T12:00:00.123456789Z' };
export const info = (changed: Partial<typeof INFO> = {}) => ok(JSON.stringify({ ...INFO, ...changed }));

export const MODEL = {
  name: 'app',
  services: {
    proxy: {
      ports: [{ host_ip: '127.0.0.1', target: 80, published: '80', protocol: 'tcp' }],
      deploy: { resources: { limits: { cpus: 0.5, memory: String(256 * 1024 ** 2) } } },
    },
    backend: {
      ports: [{ host_ip: '127.0.0.1', target: 8000, published: '8000', protocol: 'tcp' }],
      deploy: { resources: { limits: { cpus: 2, memory: String(1024 ** 3) } } },
    },
  },
  volumes: { postgres_data: { name: 'app-postgres-data' }, redis_data: { name: 'app-redis-data' } },
};

export const ENV = 'COMPOSE_PROFILES=with-celery\nAPP_UID=1000\nPOSTGRES_PASSWORD=abc\n';
const EXAMPLE = 'COMPOSE_PROFILES=with-celery\nAPP_UID=1000\nPOSTGRES_PASSWORD=\n# PROXY_PORT=80\n';
const COMPOSE = `name: app
services:
  proxy:
    ports: ["\${BIND_ADDRESS:-127.0.0.1}:\${PROXY_PORT:-80}:80"]
    deploy:
      resources:
        limits: { cpus: "\${PROXY_CPUS:-0.5}", memory: "\${PROXY_MEMORY:-256m}" }
  backend:
    ports: ["\${BIND_ADDRESS:-127.0.0.1}:\${BACKEND_PORT:-8000}:8000"]
    deploy:
      resources:
        limits: { cpus: "\${BACKEND_CPUS:-2}", memory: "\${BACKEND_MEMORY:-1024m}" }
volumes:
  postgres_data: { name: "\${COMPOSE_PROJECT_NAME}-postgres-data" }
`;

const FILES: Machine['files'] = {
  '/app/.devstack/answers.json': '{}',
  '/app/.env': ENV,
  '/app/.env.example': EXAMPLE,
  '/app/docker-compose.yml': COMPOSE,
  '/app/docker-dev.sh': '#!/bin/sh\n',
  '/app/backend/Dockerfile': 'FROM scratch\n',
  '/app/frontend/package-lock.json': JSON.stringify({ packages: { '': {}, 'node_modules/vite': { version: '8.0.0' }, 'node_modules/fsevents': { version: '2.0.0', optional: true } } }),
  '/proc/sys/fs/inotify/max_user_watches': '65536\n',
  '/proc/sys/fs/inotify/max_user_instances': '128\n',
};

const COMMANDS: Machine['commands'] = {
  'docker info': info(),
  'docker compose version': ok('2.40.3-3'),
  'docker compose config': ok(JSON.stringify(MODEL)),
  'docker ps': ok(''),
  'docker volume inspect': failed('no such volume'),
};

/** One line of `docker ps`. */
export function container(columns: { name?: string; project?: string; folder?: string; service?: string; status?: string; created?: string; ports?: string }): string {
  const { name = 'app-proxy', project = 'app', folder = APP, service = 'proxy', status = 'Up 2 minutes (healthy)', created = '2026-01-31 11:00:00 +0000 UTC', ports = '' } = columns;
  return [name, project, folder, service, status, created, ports].join('\t');
}

export function fakeSystem(machine: Machine = {}): System {
  const files = Object.fromEntries(Object.entries({ ...FILES, ...machine.files }).filter(([, text]) => text !== undefined)) as Record<string, string>;
  const commands = { ...COMMANDS, ...machine.commands };
  const device: Readonly<Record<string, number>> = { '/var/lib/docker': 2 };
  const paths = Object.keys(files);
  const exists = (path: string) => paths.some((one) => one === path || one.startsWith(`${path}/`)) || path in device;
  return {
    platform: machine.platform ?? 'linux',
    cpus: machine.cpus ?? 8,
    memory: machine.memory ?? 16 * GB,
    now: () => machine.now ?? NOON,
    run: async (program, args) => Object.entries(commands).find(([start]) => [program, ...args].join(' ').startsWith(start))?.[1] ?? MISSING,
    readText: async (path) => files[slashed(path)],
    list: async (path) => {
      const below = `${slashed(path).replace(/\/$/, '')}/`;
      const rest = paths.filter((one) => one.startsWith(below)).map((one) => one.slice(below.length));
      return rest.length === 0 ? undefined : [...new Map(rest.map((one) => [one.split('/')[0] ?? '', { name: one.split('/')[0] ?? '', isFolder: one.includes('/') }])).values()];
    },
    stat: async (path) =>
      exists(slashed(path)) ? { mode: 0o600, modified: NOON, born: NOON, device: device[slashed(path)] ?? 1, ...machine.stats?.[slashed(path)] } : undefined,
    realPath: async (path) => machine.realPaths?.[slashed(path)] ?? (exists(slashed(path)) ? slashed(path) : undefined),
    freeSpace: async (path) => machine.freeSpace?.[slashed(path)] ?? 100 * GB,
    listeners: async () => Object.entries(machine.ports ?? {}).map(([port, holder]) => ({ address: '', port: Number(port), ...(holder === '' ? {} : { holder }) })),
    addresses: machine.addresses ?? ['127.0.0.1', '192.168.1.2'],
  };
}

export async function examine(check: Check, machine: Machine = {}, directory = APP): Promise<readonly Finding[]> {
  return check(createSubject(directory, fakeSystem(machine)));
}

/** `join` of the tested code writes backslashes on Windows. */
function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
