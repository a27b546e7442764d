/** Every host port of the project is free, or held by the project's own containers. */
import { join } from 'node:path';
import { proposePort } from '../../io/free-port.ts';
import { collide } from '../../io/listening-ports.ts';
import { isOwn, type Container, type HostPort } from '../containers.ts';
import type { Finding } from '../finding.ts';
import type { Published } from '../stack.ts';
import type { Check, Subject } from '../subject.ts';
import { variableOf } from '../wording.ts';

interface Wanted extends Published {
  readonly service: string;
}

export const checkPorts: Check = async (subject) => {
  const { services } = await subject.stack();
  const wanted = services.flatMap(({ name, ports }) => ports.map((port): Wanted => ({ ...port, service: name })));
  const rivals = wanted.filter((one, index) => wanted.findIndex((other) => one.port === other.port && collide(one, other)) < index);
  const single = wanted.filter((one) => !rivals.includes(one));
  const findings = await Promise.all([...rivals.map(async (one) => wantedTwice(one, subject)), ...single.map(async (one) => checkPort(one, wanted, subject))]);
  return findings.flat();
};

async function checkPort(one: Wanted, wanted: readonly Wanted[], subject: Subject): Promise<readonly Finding[]> {
  const [containers, stack, listeners] = await Promise.all([subject.containers(), subject.stack(), subject.listeners()]);
  const container = containers.find(({ ports }) => ports.some((port) => isWithin(one, port)));
  if (container !== undefined && (await isOwn(container, stack, subject.directory, subject.system))) return [];
  const isOurs = one.address === '' || one.address.startsWith('127.') || subject.system.addresses.includes(one.address); // the system lists 127.0.0.1 alone
  if (!isOurs) return [noSuchAddress(one, subject)];
  const rivals = listeners.filter((listener) => listener.port === one.port && collide(listener, one));
  if (container === undefined && rivals.length === 0) return [];
  return [await taken(one, container ?? rivals.find(({ holder }) => holder !== undefined)?.holder, wanted, subject)];
}

/** @param holder the container or the program that has it, where that is known */
async function taken(one: Wanted, holder: Container | string | undefined, wanted: readonly Wanted[], subject: Subject): Promise<Finding> {
  const { by, stop } = describeHolder(holder, one.port, subject.system.platform);
  return {
    id: 'port-taken',
    severity: 'problem',
    title: `Port ${one.port}, wanted by ${one.service}, is taken by ${by}.`,
    cause: 'Docker cannot publish a port that another has, and the start ends with "address already in use" or "port is already allocated".',
    remedy: `${stop}, or ${await moving(one, wanted, subject)}`,
  };
}

function describeHolder(holder: Container | string | undefined, port: number, platform: NodeJS.Platform): { readonly by: string; readonly stop: string } {
  if (holder === undefined) return { by: 'another program', stop: `Stop that program (${finder(port, platform)} names it)` };
  if (typeof holder === 'string') return { by: holder, stop: 'Stop that program' };
  return { by: `the container ${holder.name}${holder.folder === '' ? '' : ` of ${holder.folder}`}`, stop: `Stop it: docker stop ${holder.name}` };
}

async function wantedTwice(one: Wanted, subject: Subject): Promise<readonly Finding[]> {
  const { services } = await subject.stack();
  const names = services.filter(({ ports }) => ports.some(({ port }) => port === one.port)).map(({ name }) => name);
  return [
    {
      id: 'port-twice',
      severity: 'problem',
      title: `Port ${one.port} is wanted more than once, by ${[...new Set(names)].join(' and ')}.`,
      cause: 'Only one container can have it; the other does not start.',
      remedy: `Give one of them another: ${await moving(one, [one], subject)}`,
    },
  ];
}

function noSuchAddress(one: Wanted, { directory }: Subject): Finding {
  return {
    id: 'address-foreign',
    severity: 'problem',
    title: `Port ${one.port} of ${one.service} is to be published on ${one.address}, which is no address of this machine.`,
    cause: 'Docker can publish a port only on an address that this machine has.',
    remedy: `Set BIND_ADDRESS in ${join(directory, '.env')} to 127.0.0.1, or to one of this machine's`,
  };
}

function isWithin(one: Published, range: HostPort): boolean {
  return one.port >= range.first && one.port <= range.last && collide(one, range);
}

async function moving(one: Wanted, wanted: readonly Wanted[], subject: Subject): Promise<string> {
  const [variable, listeners] = await Promise.all([variableOf(subject, one.service, 'PORT'), subject.listeners()]);
  const free = proposePort(one.port, new Set([...listeners, ...wanted].map(({ port }) => port)));
  return variable === undefined
    ? `publish ${one.service} on another port in docker-compose.yml, such as ${free}`
    : `set ${variable}=${free} in ${join(subject.directory, '.env')}`;
}

function finder(port: number, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `netstat -ano | findstr :${port}`;
  return platform === 'linux' ? `sudo ss -ltnp "sport = :${port}"` : `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}
