/** The limits, where this machine is smaller than the table; else both choices come to the same. */
import { select } from '@clack/prompts';
import { DEFAULT_LIMITS, differences, fitTo, servicesWith, total, type LimitTable, type Service } from '../../options/service-limits.ts';
import { FEATURES, type Features } from '../../options/features.ts';
import { beyondHost } from '../summary.ts';
import { answered } from './prompt.ts';
import type { Question } from './question.ts';

export const askLimits: Question = async (known, { host }) => {
  const features = chosenSoFar(known);
  const services = servicesWith(features);
  const fitted = fitTo(host, services);
  if (known.limits !== undefined || !differences(fitted).some(({ service }) => services.includes(service))) return {};
  const limits = await select<'default' | 'fit'>({
    message: `CPU and memory limits? This machine has ${host.cpus} CPUs and ${inGigabytes(host.memory)}; the table is made for more.`,
    options: [
      { value: 'default', label: `default: ${reach(DEFAULT_LIMITS, services)}` },
      { value: 'fit', label: `fit: scaled to this machine, ${reach(fitted, services)}` },
    ],
    initialValue: beyondHost({ limits: DEFAULT_LIMITS, features }, host).length > 0 ? 'fit' : 'default',
  });
  return { limits: answered(limits) };
};

function chosenSoFar(known: Partial<Features>): Features {
  return Object.fromEntries(FEATURES.map(({ key }) => [key, known[key] === true])) as Features;
}

/** How much one service may take, all of them, and what of it they have for certain. CPUs are not added up: all share those of the machine. */
function reach(table: LimitTable, services: readonly Service[]): string {
  const most = Math.max(...services.map((service) => table[service].cpus));
  const reserved = Number(total(services, 'cpus-reserve', table).toFixed(2));
  const memory = (key: 'memory' | 'memory-reserve') => inGigabytes(total(services, key, table));
  return `a service up to ${most} CPUs, all together up to ${memory('memory')}; ${reserved} CPUs and ${memory('memory-reserve')} reserved`;
}

function inGigabytes(mebibytes: number): string {
  return `${(mebibytes / 1024).toFixed(1)} GB`;
}
