/** Answers in, checked and frozen Options out: what the plan is made from. */
import { pickFeatures, type Features } from './features.ts';
import { type Answers, type Key } from './index.ts';
import {
  applyOverrides,
  DEFAULT_LIMITS,
  differences,
  fitTo,
  formatLimit,
  SERVICES,
  servicesWith,
  type Host,
  type LimitTable,
  type Service,
} from './service-limits.ts';

/** What shapes the emitted files; nothing else does but Templates and Facts. */
export interface Options {
  readonly name: string;
  readonly features: Features;
  /** Host ports. */
  readonly ports: Readonly<Record<PublishedService, number>>;
  readonly limits: LimitTable;
  readonly images: Answers['images'];
  /** Instructions for coding agents. */
  readonly agents: boolean;
}

export type PublishedService = 'proxy' | 'frontend' | 'backend' | 'db' | 'redis';

/** The answers of the options whose scope is `project`. */
export type ProjectAnswers = Omit<Answers, 'directory' | 'git' | 'start' | 'onConflict'>;

/** A fault that several answers make together, to be told with where each of them came from. */
export interface Clash {
  readonly keys: readonly Key[];
  /** What is wrong and what would be right. */
  readonly problem: string;
}

export interface Resolved {
  /** Frozen; fit for a plan only where there is no clash. */
  readonly options: Options;
  readonly clashes: readonly Clash[];
}

export function resolve(answers: Answers, host: Host): Resolved {
  const options = deepFreeze(toOptions(answers, host));
  return { options, clashes: [...portClashes(options.ports), ...limitClashes(options)] };
}

/** The options as the answers that give them again on any machine: a fitted table becomes the limits it came to. */
export function toAnswers(options: Options): ProjectAnswers {
  const { name, features, ports, images, agents } = options;
  return {
    name,
    ...features,
    proxyPort: ports.proxy,
    frontendPort: ports.frontend,
    backendPort: ports.backend,
    dbPort: ports.db,
    redisPort: ports.redis,
    limits: 'default',
    limit: differences(options.limits),
    images,
    agents,
  };
}

function toOptions(answers: Answers, host: Host): Options {
  const features = pickFeatures(answers);
  const table = answers.limits === 'fit' ? fitTo(host, servicesWith(features)) : DEFAULT_LIMITS;
  return {
    name: answers.name,
    features,
    ports: {
      proxy: answers.proxyPort,
      frontend: answers.frontendPort,
      backend: answers.backendPort,
      db: answers.dbPort,
      redis: answers.redisPort,
    },
    limits: applyOverrides(table, answers.limit),
    images: answers.images,
    agents: answers.agents,
  };
}

function portClashes(ports: Options['ports']): readonly Clash[] {
  const published = Object.entries(ports) as [PublishedService, number][];
  return [...new Set(published.map(([, port]) => port))].flatMap((port) => {
    const same = published.filter(([, candidate]) => candidate === port).map(([service]) => service);
    if (same.length < 2) return [];
    const problem = `host port ${port} would be shared by ${same.slice(0, -1).join(', ')} and ${same.at(-1)}; give each service a port of its own`;
    return [{ keys: same.map((service): Key => `${service}Port`), problem }];
  });
}

function limitClashes({ limits }: Pick<Options, 'limits'>): readonly Clash[] {
  return SERVICES.flatMap((service) => (['cpus', 'memory'] as const).flatMap((key) => belowReservation(service, key, limits)));
}

function belowReservation(service: Service, key: 'cpus' | 'memory', limits: LimitTable): readonly Clash[] {
  const limit = limits[service][key];
  const reserve = limits[service][`${key}-reserve`];
  if (limit >= reserve) return [];
  const [limitText, reserveText] = [formatLimit(key, limit), formatLimit(key, reserve)];
  return [
    {
      keys: ['limit'],
      problem: `${service}.${key}=${limitText} is below its reservation of ${reserveText}; raise it to ${reserveText} or more, or lower ${service}.${key}-reserve`,
    },
  ];
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const child of Object.values(value)) deepFreeze(child);
    Object.freeze(value);
  }
  return value;
}
