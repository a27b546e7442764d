/** The limits of the services are within what Docker's machine has. */
import { join } from 'node:path';
import type { Finding } from '../finding.ts';
import type { Service } from '../stack.ts';
import type { Check, Subject } from '../subject.ts';
import { list, variableOf } from '../wording.ts';

const MIB = 1024 ** 2;

export const checkLimits: Check = async (subject) => {
  const [{ services }, engine] = await Promise.all([subject.stack(), subject.engine()]);
  // Docker may run in a virtual machine that has less than ours.
  const { cpus, memory } = engine.state === 'running' ? engine : subject.system;
  return (await Promise.all([checkCpus(services, cpus, subject), checkMemory(services, memory, subject)])).flat();
};

async function checkCpus(services: readonly Service[], cpus: number, subject: Subject): Promise<readonly Finding[]> {
  const wide = services.filter((service) => (service.cpus ?? 0) > cpus);
  if (wide.length === 0) return [];
  const lines = await Promise.all(wide.map(async ({ name }) => `${(await variableOf(subject, name, 'CPUS')) ?? `cpus of ${name}`}=${cpus}`));
  return [
    {
      id: 'cpus-exceeded',
      severity: 'problem',
      title: `${list(wide.map(({ name, cpus: limit }) => `${name} (${limit})`))} may use more CPUs than the ${cpus} that Docker has.`,
      cause: 'Docker refuses to create such a container: "range of CPUs is from 0.01 to ...".',
      remedy: `Set ${list(lines)} in ${join(subject.directory, '.env')}, or give Docker Desktop more CPUs`,
    },
  ];
}

/** An advice: limits are ceilings, and the services stay far below them while nobody works with them. */
async function checkMemory(services: readonly Service[], memory: number, subject: Subject): Promise<readonly Finding[]> {
  const total = services.reduce((sum, service) => sum + (service.memory ?? 0), 0);
  if (total <= memory) return [];
  const largest = services.toSorted((a, b) => (b.memory ?? 0) - (a.memory ?? 0))[0]?.name ?? '';
  const variable = (await variableOf(subject, largest, 'MEMORY')) ?? `the memory of ${largest}`;
  return [
    {
      id: 'memory-exceeded',
      severity: 'advice',
      title: `The memory limits add up to ${Math.round(total / MIB)} MiB, and Docker has ${Math.floor(memory / MIB)}.`,
      cause: 'Where all services are busy at once, the kernel ends one of them before it reaches its own limit.',
      remedy: `Lower the largest in ${join(subject.directory, '.env')} first (${variable}), or give Docker Desktop more memory`,
    },
  ];
}
