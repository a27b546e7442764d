/** The resource table of the architecture, what one entry of it may be, and how it is scaled to a machine. */
import { chosenFeatures, FEATURES, type Features, type FeatureService } from './features.ts';
import { propose } from './nearest.ts';
import type { Parsed } from './option.ts';

const BASE_SERVICES = ['proxy', 'frontend', 'backend', 'db', 'redis'] as const;
export type Service = (typeof BASE_SERVICES)[number] | FeatureService;

/** Those of every project first, then each feature's. */
export const SERVICES: readonly Service[] = [...BASE_SERVICES, ...FEATURES.flatMap(servicesOf)];

export const LIMIT_KEYS = ['cpus', 'cpus-reserve', 'memory', 'memory-reserve'] as const;
export type LimitKey = (typeof LIMIT_KEYS)[number];

/** CPUs as a number of cores, memory in MiB. */
export type ServiceLimits = Readonly<Record<LimitKey, number>>;
export type LimitTable = Readonly<Record<Service, ServiceLimits>>;

/** One entry that differs from the table, as `--limit db.memory=1g` gives it. */
export interface LimitOverride {
  readonly service: Service;
  readonly key: LimitKey;
  /** Cores for the cpus keys, MiB for the memory keys. */
  readonly value: number;
}

/** The machine that the limits are scaled to. */
export interface Host {
  /** Cores that this process may use. */
  readonly cpus: number;
  /** MiB that this process may use. */
  readonly memory: number;
}

/** "Resource Limits & Reservations" of the architecture. */
export const DEFAULT_LIMITS: LimitTable = {
  proxy: row(0.5, 0.25, 256, 128),
  frontend: row(2, 1, 2048, 512),
  backend: row(2, 0.5, 1024, 512),
  db: row(1, 0.5, 512, 256),
  redis: row(0.5, 0.25, 256, 128),
  ...Object.assign({}, ...FEATURES.map(({ services }) => services)),
};

/** The services that a project with these features has. */
export function servicesWith(features: Features): readonly Service[] {
  return [...BASE_SERVICES, ...chosenFeatures(features).flatMap(servicesOf)];
}

/** Docker refuses a memory limit below this. */
const LEAST_MEMORY = 6;
const LEAST_CPUS = 0.01;

/** @param text `SERVICE.KEY=VALUE`, such as `db.memory=1g` or `backend.cpus=1.5` */
export function parseOverride(text: string): Parsed<LimitOverride> {
  const match = /^([^.=]+)\.([^.=]+)=(.+)$/.exec(text);
  if (match === null) return { ok: false, problem: 'must look like SERVICE.KEY=VALUE, such as db.memory=1g' };
  const [, name = '', limit = '', amount = ''] = match;
  const service = SERVICES.find((candidate) => candidate === name);
  if (service === undefined) return { ok: false, problem: `names no service${propose(name, SERVICES)}; the services are ${SERVICES.join(', ')}` };
  const key = LIMIT_KEYS.find((candidate) => candidate === limit);
  if (key === undefined) return { ok: false, problem: `names no limit${propose(limit, LIMIT_KEYS)}; the limits are ${LIMIT_KEYS.join(', ')}` };
  const value = isMemory(key) ? parseMemory(amount) : parseCpus(amount);
  if (value !== undefined) return { ok: true, value: { service, key, value } };
  const expected = isMemory(key)
    ? `memory as a whole number with m or g, such as 512m or 2g, at least ${LEAST_MEMORY}m`
    : `a number of CPUs with at most two decimals, such as 0.5 or 2, at least ${LEAST_CPUS}`;
  return { ok: false, problem: `must be ${expected}` };
}

/** The override as `--limit` takes it. */
export function formatOverride({ service, key, value }: LimitOverride): string {
  return `${service}.${key}=${formatLimit(key, value)}`;
}

/** @param value cores or MiB, as the key says */
export function formatLimit(key: LimitKey, value: number): string {
  return isMemory(key) ? `${value}m` : String(value);
}

/** The table with every override in place; a later one wins. */
export function applyOverrides(table: LimitTable, overrides: readonly LimitOverride[]): LimitTable {
  return overrides.reduce<LimitTable>(
    (result, { service, key, value }) => ({ ...result, [service]: { ...result[service], [key]: value } }),
    table,
  );
}

/** What must be given to get from the table of the architecture to this one. */
export function differences(table: LimitTable): readonly LimitOverride[] {
  return SERVICES.flatMap((service) =>
    LIMIT_KEYS.filter((key) => table[service][key] !== DEFAULT_LIMITS[service][key]).map((key) => ({
      service,
      key,
      value: table[service][key],
    })),
  );
}

/**
 * Scales the table down to what the machine has, never up, and never a limit below its reservation.
 * No service is given more CPUs than the machine has, since Docker refuses that. What the memory limits
 * have above their reservations is scaled so that together they fit three quarters of the machine's memory;
 * the reservations are what boots, and stay.
 */
export function fitTo(host: Host, services: readonly Service[] = SERVICES): LimitTable {
  const reserved = total(services, 'memory-reserve');
  const headroom = share(host.memory * 0.75 - reserved, total(services, 'memory') - reserved);
  const cpus = share(host.cpus, total(services, 'cpus-reserve'));
  const entries = SERVICES.map((service): [Service, ServiceLimits] => {
    const limit = DEFAULT_LIMITS[service];
    const cpusReserve = roundCpus(limit['cpus-reserve'] * cpus);
    const memoryReserve = limit['memory-reserve'];
    const memory = memoryReserve + Math.floor((limit.memory - memoryReserve) * headroom);
    return [service, row(Math.max(cpusReserve, Math.min(limit.cpus, host.cpus)), cpusReserve, memory, memoryReserve)];
  });
  return Object.fromEntries(entries) as LimitTable;
}

/** The sum of one column, in cores or MiB. */
export function total(services: readonly Service[], key: LimitKey, table: LimitTable = DEFAULT_LIMITS): number {
  return services.reduce((sum, service) => sum + table[service][key], 0);
}

function servicesOf({ services }: (typeof FEATURES)[number]): readonly FeatureService[] {
  return Object.keys(services) as FeatureService[];
}

function parseCpus(text: string): number | undefined {
  const value = /^\d{1,4}(\.\d{1,2})?$/.test(text) ? Number(text) : 0;
  return value >= LEAST_CPUS ? value : undefined;
}

function parseMemory(text: string): number | undefined {
  const match = /^(\d{1,7})(m|g)b?$/i.exec(text);
  if (match === null) return undefined;
  const value = Number(match[1]) * (match[2]?.toLowerCase() === 'g' ? 1024 : 1);
  return value >= LEAST_MEMORY ? value : undefined;
}

function isMemory(key: LimitKey): boolean {
  return key.startsWith('memory');
}

/** Which part of what is wanted can be had, from 0 to 1. */
function share(available: number, wanted: number): number {
  return Math.min(1, Math.max(0, available / wanted));
}

function roundCpus(value: number): number {
  return Math.max(LEAST_CPUS, Math.floor(value * 100) / 100);
}

function row(cpus: number, cpusReserve: number, memory: number, memoryReserve: number): ServiceLimits {
  return { cpus, 'cpus-reserve': cpusReserve, memory, 'memory-reserve': memoryReserve };
}
