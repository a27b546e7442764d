/** Options as the variables of `.env` in which they are carried out; docker-compose.yml has the architecture's as defaults. */
import { chosenFeatures } from '../options/features.ts';
import type { Options, PublishedService } from '../options/resolve.ts';
import { servicesWith, type Service, type ServiceLimits } from '../options/service-limits.ts';
import { IMAGE_SETS } from './image-sets.ts';

/** @returns variable to value, of all that an option decides */
export function settingsOf(options: Options): ReadonlyMap<string, string> {
  return new Map([
    ['COMPOSE_PROJECT_NAME', options.name],
    ['COMPOSE_PROFILES', chosenFeatures(options.features).flatMap(({ profile }) => profile ?? []).join(',')],
    ['FRONTEND_APP_NAME', titleOf(options.name)],
    ...Object.entries(options.ports).map(([service, port]): [string, string] => [portVariable(service as PublishedService), String(port)]),
    ...imageSettings(options),
    ...servicesWith(options.features).flatMap((service) => limitSettings(service, options.limits[service])),
    ...tuningSettings(options),
  ]);
}

/** As a person writes it: `my-shop` is shown as `My shop`. */
function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll(/[-_]+/g, ' ');
}

function portVariable(service: PublishedService): string {
  return `${service.toUpperCase()}_PORT`;
}

function imageSettings({ images }: Pick<Options, 'images'>): readonly [string, string][] {
  const { postgresData, ...set } = IMAGE_SETS[images];
  return [...Object.entries(set).map(([name, image]): [string, string] => [`${name.toUpperCase()}_IMAGE`, image]), ['POSTGRES_DATA', postgresData]];
}

/** CPU_SHARES is the reservation as a weight: Compose ignores `reservations.cpus`, the kernel does not ignore this. */
function limitSettings(service: Service, limits: ServiceLimits): readonly [string, string][] {
  const prefix = service.toUpperCase();
  return [
    [`${prefix}_CPUS`, String(limits.cpus)],
    [`${prefix}_CPUS_RESERVE`, String(limits['cpus-reserve'])],
    [`${prefix}_CPU_SHARES`, String(Math.max(2, Math.round(limits['cpus-reserve'] * 1024)))],
    [`${prefix}_MEMORY`, `${limits.memory}m`],
    [`${prefix}_MEMORY_RESERVE`, `${limits['memory-reserve']}m`],
  ];
}

/**
 * Redis must stay below its container's limit, or the kernel ends it while it forks to save.
 * A quarter of the memory for shared buffers and half for the cache is what PostgreSQL's own
 * documentation advises (runtime-config-resource, runtime-config-query).
 */
function tuningSettings({ limits }: Pick<Options, 'limits'>): readonly [string, string][] {
  return [
    ['REDIS_MAXMEMORY', `${Math.floor(limits.redis.memory * 0.75)}mb`],
    ['POSTGRES_SHARED_BUFFERS', `${Math.floor(limits.db.memory * 0.25)}MB`],
    ['POSTGRES_EFFECTIVE_CACHE_SIZE', `${Math.floor(limits.db.memory * 0.5)}MB`],
  ];
}
