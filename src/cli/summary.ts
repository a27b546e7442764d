/** Options as a few lines that a person can check before anything is written. */
import { chosenFeatures } from '../options/features.ts';
import { endingBy, tellEnd } from '../options/lifetimes.ts';
import type { Answers } from '../options/index.ts';
import type { Options } from '../options/resolve.ts';
import { differences, formatOverride, servicesWith, total, type Host } from '../options/service-limits.ts';
import { IMAGE_SETS, imagesOf } from '../plan/image-sets.ts';

/** @returns lines of `what  value`, and a sentence for each limit that this machine cannot give */
export function summarise(options: Options, answers: Pick<Answers, 'directory' | 'git'> & { readonly start?: boolean | undefined }, host: Host, today: string): string {
  const { proxy, frontend, backend, db, redis } = options.ports;
  const changed = differences(options.limits).map(formatOverride);
  const rows: readonly (readonly [string, string])[] = [
    ['name', options.name],
    ['directory', answers.directory],
    ['features', chosenFeatures(options.features).map(({ title }) => title).join(', ') || 'none'],
    ['ports', `proxy ${proxy}, frontend ${frontend}, backend ${backend}, db ${db}, redis ${redis}`],
    ['images', options.images],
    ['limits', changed.length === 0 ? 'default' : changed.join(', ')],
    ['git', answers.git ? 'a repository with a first commit (--no-git: none)' : 'none'],
    ...(answers.start === undefined ? [] : [['then', answers.start ? './docker-dev.sh start' : 'nothing'] as const]),
  ];
  return [...rows.map(([what, value]) => `${what.padEnd(10)} ${value}`), ...endings(options, today), ...beyondHost(options, host)].join('\n');
}

/** What `--limits fit` came to, one sentence. */
export function fitted(options: Pick<Options, 'limits'>, { limits }: Pick<Answers, 'limits'>, host: Host): readonly string[] {
  if (limits !== 'fit') return [];
  const changed = differences(options.limits).map(formatOverride);
  const result = changed.length === 0 ? 'the default table fits' : changed.join(', ');
  return [`The limits were fitted to this machine (${host.cpus} CPUs, ${host.memory} MiB): ${result}.`];
}

/** What of the chosen images gets no security fixes any more, or not for long: one sentence. */
export function endings({ images }: Pick<Options, 'images'>, today: string): readonly string[] {
  const ending = endingBy(today, imagesOf(IMAGE_SETS[images]));
  if (ending.length === 0) return [];
  const newer = images === 'baseline' ? ' --images current has newer versions.' : '';
  return [`Without security fixes, now or within six months: ${ending.map((one) => tellEnd(one, today)).join(', ')}.${newer}`];
}

/** Limits that exceed the machine: Docker refuses the CPUs, and the kernel cannot give the memory. */
export function beyondHost(options: Pick<Options, 'limits' | 'features'>, host: Host): readonly string[] {
  const services = servicesWith(options.features);
  const tooWide = services.filter((service) => options.limits[service].cpus > host.cpus);
  const memory = total(services, 'memory', options.limits);
  return [
    ...(tooWide.length > 0 ? [`${tooWide.join(' and ')} may use more CPUs than the ${host.cpus} of this machine; --limits fit scales them.`] : []),
    ...(memory > host.memory ? [`The memory limits add up to ${memory} MiB, and this machine has ${host.memory}; --limits fit scales them.`] : []),
  ];
}
