/** The architecture as data: every row that the default project must hold. The tests walk it; none repeats a value. */

export type Service = 'db' | 'redis' | 'backend' | 'frontend' | 'proxy' | 'celery';

export interface ServiceRow {
  readonly service: Service;
  /** `NAME` stands for the project's name. */
  readonly image: string;
  readonly port?: { readonly host: number; readonly container: number };
  /** Megabytes and CPUs. */
  readonly limits: { readonly cpus: number; readonly cpusReserve: number; readonly memory: number; readonly memoryReserve: number };
  /** Path in the container → volume, whose name is `NAME-` and this. */
  readonly volumes: Readonly<Record<string, string>>;
  /** Path in the container → path in the project. */
  readonly binds: Readonly<Record<string, string>>;
  /** Words of the health command, in this order. */
  readonly health: readonly RegExp[];
  /** Milliseconds between the probes while it starts. */
  readonly startInterval: number;
  /** Seconds in which a probe may fail, where it is not START_PERIOD: the frontend installs what a new lock brings. */
  readonly startPeriod?: number;
  /** What must be healthy before this one starts. */
  readonly waitsFor: readonly Service[];
  /** A path for what speaks HTTP, nothing for what does not. */
  readonly reaches: readonly { readonly service: Service; readonly port: number }[];
  /** Uid and gid of every process; the application's own come from .env. */
  readonly user: string;
  readonly profile?: string;
}

const LOCAL = '(localhost|127\\.0\\.0\\.1)';
const DATA_STORES = [{ service: 'db', port: 5432 }, { service: 'redis', port: 6379 }] as const;

/** Where the user is root the application's containers run as 1000:1000, otherwise as the user. */
const APP_USER = process.getuid?.() ? `${process.getuid()}:${process.getgid?.()}` : '1000:1000';

const BACKEND_STORAGE = {
  volumes: { '/app/media': 'backend-media', '/app/staticfiles': 'backend-static' },
  binds: { '/app': 'backend', '/app/logs': 'backend/logs' },
} as const;

export const SERVICES: readonly ServiceRow[] = [
  {
    service: 'proxy',
    image: 'nginx:1.27-alpine',
    port: { host: 80, container: 80 },
    limits: { cpus: 0.5, cpusReserve: 0.25, memory: 256, memoryReserve: 128 },
    // The architecture names the first; the other is what the backend lets nginx hand over.
    volumes: { '/var/log/nginx': 'proxy-logs', '/srv/media': 'backend-media' },
    binds: { '/etc/nginx/nginx.conf': 'nginx/nginx.conf' },
    health: [/wget/, /--spider/, new RegExp(`^http://${LOCAL}/health$`)],
    startInterval: 100,
    waitsFor: ['frontend', 'backend'],
    reaches: [{ service: 'frontend', port: 5173 }, { service: 'backend', port: 8000 }],
    user: '101:101',
  },
  {
    service: 'frontend',
    image: 'NAME-frontend-dev',
    port: { host: 5173, container: 5173 },
    limits: { cpus: 2, cpusReserve: 1, memory: 2048, memoryReserve: 512 },
    volumes: { '/app/node_modules': 'frontend-node-modules' },
    binds: { '/app/src': 'frontend/src', '/app/public': 'frontend/public' },
    health: [/wget/, /--spider/, new RegExp(`^http://${LOCAL}:5173/?$`)],
    startInterval: 100,
    startPeriod: 600,
    waitsFor: ['backend'],
    reaches: [{ service: 'backend', port: 8000 }],
    user: APP_USER,
  },
  {
    service: 'backend',
    image: 'NAME-backend-dev',
    port: { host: 8000, container: 8000 },
    limits: { cpus: 2, cpusReserve: 0.5, memory: 1024, memoryReserve: 512 },
    ...BACKEND_STORAGE,
    health: [/curl/, /^-f/, new RegExp(`^http://${LOCAL}:8000/api/v1/health/$`)],
    startInterval: 100,
    waitsFor: ['db', 'redis'],
    reaches: DATA_STORES,
    user: APP_USER,
  },
  {
    service: 'db',
    image: 'postgres:15',
    port: { host: 5432, container: 5432 },
    limits: { cpus: 1, cpusReserve: 0.5, memory: 512, memoryReserve: 256 },
    volumes: { '/var/lib/postgresql/data': 'postgres-data' },
    binds: {},
    health: [/pg_isready/, /^-U$/, /^postgres$/, /^-d$/, /^backend_db$/],
    startInterval: 100,
    waitsFor: [],
    reaches: [],
    user: '999:999',
  },
  {
    service: 'redis',
    image: 'redis:7',
    port: { host: 6379, container: 6379 },
    limits: { cpus: 0.5, cpusReserve: 0.25, memory: 256, memoryReserve: 128 },
    volumes: { '/data': 'redis-data' },
    binds: {},
    health: [/redis-cli/, /^ping$/],
    startInterval: 100,
    waitsFor: [],
    reaches: [],
    user: '999:999',
  },
  {
    service: 'celery',
    image: 'NAME-backend-dev',
    limits: { cpus: 1, cpusReserve: 0.25, memory: 512, memoryReserve: 256 },
    ...BACKEND_STORAGE,
    health: [/celery-heartbeat/],
    startInterval: 500,
    waitsFor: ['db', 'redis'],
    reaches: DATA_STORES,
    user: APP_USER,
    profile: 'with-celery',
  },
];

/** Seconds. */
export const START_PERIOD = 60;

export const TOTAL = { cpus: 7, cpusReserve: 2.75, memory: 4608, memoryReserve: 1792 };

export const NETWORK = { name: 'NAME-network', driver: 'bridge' };

export const VOLUMES = ['postgres-data', 'redis-data', 'backend-media', 'backend-static', 'frontend-node-modules', 'proxy-logs'];

/** The base images that the two built images start from, as build arguments. */
export const BUILD_ARGUMENTS: Readonly<Partial<Record<Service, Readonly<Record<string, string>>>>> = {
  backend: { PYTHON_IMAGE: 'python:3.12-slim' },
  frontend: { NODE_IMAGE: 'node:20-alpine' },
};

/** What a route answers tells which service it came from. */
export interface RouteRow {
  readonly path: string;
  readonly from: Service;
  readonly status: number;
  readonly type: RegExp;
  readonly body: RegExp;
}

export const ROUTES: readonly RouteRow[] = [
  { path: '/', from: 'frontend', status: 200, type: /^text\/html/, body: /\/@vite\/client/ },
  { path: '/a/page/of/react-router', from: 'frontend', status: 200, type: /^text\/html/, body: /\/@vite\/client/ },
  { path: '/@vite/client', from: 'frontend', status: 200, type: /^text\/javascript/, body: /WebSocket/ },
  { path: '/api/v1/health/', from: 'backend', status: 200, type: /^application\/json/, body: /"status": ?"healthy"/ },
  { path: '/api/v1/health/live/', from: 'backend', status: 200, type: /^application\/json/, body: /"status": ?"ok"/ },
  { path: '/api/v1/config/frontend/', from: 'backend', status: 200, type: /^application\/json/, body: /"schemaVersion": ?1/ },
  { path: '/admin/login/', from: 'backend', status: 200, type: /^text\/html/, body: /csrfmiddlewaretoken/ },
  { path: '/static/admin/css/base.css', from: 'backend', status: 200, type: /^text\/css/, body: /body/ },
  { path: '/health', from: 'proxy', status: 200, type: /^text\/plain/, body: /ok/ },
];

/** On every response, errors included; one value each. */
export const SECURITY_HEADERS: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^(DENY|SAMEORIGIN)$/,
  'referrer-policy': /^(same-origin|strict-origin-when-cross-origin|no-referrer)$/,
};

/** Numbers that the project promises, in the unit that their name says. What the processor decides is held to `barHere`. */
export const BARS = {
  emptyStartSeconds: 6.5,
  warmStartSeconds: 4.5,
  /** Of the second and third checkout, while the others run. */
  checkoutStartSeconds: 6.5,
  hotReloadP95Milliseconds: 100,
  savedInUseSeconds: 2,
  healedSeconds: 3 * 10 + 5,
  errorToldMilliseconds: 2000,
  outageSeconds: 1.5,
  unhealthyAnswerSeconds: 2.5,
  /** Of a hundred callers at once, all but one. */
  healthOfHundredSeconds: 3,
  /** How much oftener what does no I/O is answered than what is the same for everybody: see apps/core/views.py. */
  sharedTimesSlower: 2.5,
  /** Others' requests while sixty passwords are tried at once, 19 of 20. */
  requestUnderAttackSeconds: 10,
  fastTestsSeconds: 10,
  addedByScriptSeconds: 2,
  /** Of a database of 1 GB. */
  snapshotSeconds: 5,
  /** The same, and all that reads it ended before and healthy after. */
  snapshotBackSeconds: 12,
  idleMegabytes: 450,
  idleCpuPercent: 3,
  firstPageCpuPercent: 1,
} as const;

/** The row of one service. */
export function row(service: Service): ServiceRow {
  return SERVICES.find((candidate) => candidate.service === service)!;
}
