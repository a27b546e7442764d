/** What a template may use: every name that stands between `{{` and `}}`. */
import type { Features } from '../options/features.ts';
import type { Options } from '../options/resolve.ts';
import { SERVICES, type Service, type ServiceLimits } from '../options/service-limits.ts';
import { hasEnd, LIFETIMES } from '../options/lifetimes.ts';
import type { Facts } from './facts.ts';
import { IMAGE_SETS, type ImageSet } from './image-sets.ts';

/** The features' names too: for a layer that has more to say where another one is chosen as well. */
export interface Context extends Features {
  readonly name: string;
  readonly version: string;
  /** The command that makes the same project again without a question. */
  readonly command: string;
  /** Host ports. */
  readonly ports: Options['ports'];
  readonly images: ImageSet & { readonly set: Options['images'] };
  /** Where the database image keeps its data. */
  readonly postgresData: string;
  /** A line for each software with an end: image, title, last day and source between tabs. */
  readonly lifetimes: string;
  readonly limits: Readonly<Record<Service, RenderedLimits>>;
}

interface RenderedLimits {
  readonly cpus: string;
  readonly cpusReserve: string;
  readonly memory: string;
  readonly memoryReserve: string;
}

export function contextOf(options: Options, facts: Pick<Facts, 'version'>, command: string): Context {
  const { postgresData, ...images } = IMAGE_SETS[options.images];
  return {
    ...options.features,
    name: options.name,
    version: facts.version,
    command,
    ports: options.ports,
    images: { set: options.images, ...images },
    postgresData,
    lifetimes: LIFETIMES.filter(hasEnd).map(({ image, title, end, source }) => [image, title, end, source].join('\t')).join('\n'),
    limits: Object.fromEntries(SERVICES.map((service) => [service, renderLimits(options.limits[service])])) as Context['limits'],
  };
}

function renderLimits(limits: ServiceLimits): RenderedLimits {
  return {
    cpus: String(limits.cpus),
    cpusReserve: String(limits['cpus-reserve']),
    memory: `${limits.memory}m`,
    memoryReserve: `${limits['memory-reserve']}m`,
  };
}
