/** What a template may use: every name that stands between `{{` and `}}`. */
import { type Options } from '../options/resolve.ts';
import { SERVICES, type Service, type ServiceLimits } from '../options/service-limits.ts';
import type { Facts } from './facts.ts';
import { IMAGE_SETS, type ImageSet } from './image-sets.ts';

export interface Context {
  readonly name: string;
  readonly celery: boolean;
  readonly version: string;
  /** The command that makes the same project again without a question. */
  readonly command: string;
  /** Host ports. */
  readonly ports: Options['ports'];
  readonly images: ImageSet & { readonly set: Options['images'] };
  /** Where the database image keeps its data. */
  readonly postgresData: string;
  readonly limits: Readonly<Record<Service, RenderedLimits>>;
  readonly tuning: Tuning;
}

interface RenderedLimits {
  readonly cpus: string;
  readonly cpusReserve: string;
  /** The reservation as a weight: Compose ignores `reservations.cpus`, the kernel does not ignore this. */
  readonly cpuShares: number;
  readonly memory: string;
  readonly memoryReserve: string;
}

interface Tuning {
  readonly redisMaxmemory: string;
  readonly postgresSharedBuffers: string;
  readonly postgresEffectiveCache: string;
}

export function contextOf(options: Options, facts: Pick<Facts, 'version'>, command: string): Context {
  const { postgresData, ...images } = IMAGE_SETS[options.images];
  return {
    name: options.name,
    celery: options.celery,
    version: facts.version,
    command,
    ports: options.ports,
    images: { set: options.images, ...images },
    postgresData,
    limits: Object.fromEntries(SERVICES.map((service) => [service, renderLimits(options.limits[service])])) as Context['limits'],
    tuning: tune(options.limits),
  };
}

function renderLimits(limits: ServiceLimits): RenderedLimits {
  return {
    cpus: String(limits.cpus),
    cpusReserve: String(limits['cpus-reserve']),
    cpuShares: Math.max(2, Math.round(limits['cpus-reserve'] * 1024)),
    memory: `${limits.memory}m`,
    memoryReserve: `${limits['memory-reserve']}m`,
  };
}

/**
 * Redis must stay below its container's limit, or the kernel ends it while it forks to save.
 * A quarter of the memory for shared buffers and half for the cache is what PostgreSQL's own
 * documentation advises (runtime-config-resource, runtime-config-query).
 */
function tune(limits: Options['limits']): Tuning {
  return {
    redisMaxmemory: `${Math.floor(limits.redis.memory * 0.75)}mb`,
    postgresSharedBuffers: `${Math.floor(limits.db.memory * 0.25)}MB`,
    postgresEffectiveCache: `${Math.floor(limits.db.memory * 0.5)}MB`,
  };
}
