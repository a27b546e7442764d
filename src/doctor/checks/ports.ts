/** Every host port of the project is free, or held by the project's own containers. */
import { join } from 'node:path';
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
  const rivals = wanted.filter((one, index) => wanted.findIndex((other) => collide(one, { ...other, first: other.port, last: other.port })) < index);
  // Trying a port twice at once would find our own try.
  const single = wanted.filter((one) => !rivals.includes(one));
  const findings = await Promise.all([...rivals.map(async (one) => wantedTwice(one, subject)), ...single.map(async (one) => checkPort(one, wanted, subject))]);
  return findings.flat();
};

async function checkPort(one: Wanted, wanted: readonly Wanted[], subject: Subject): Promise<readonly Finding[]> {
  const [containers, stack] = await Promise.all([subject.containers(), subject.stack()]);
  const holder = containers.find(({ ports }) => ports.some((port) => collide(one, port)));
  if (holder !== undefined && (await isOwn(holder, stack, subject.directory, subject.system))) return [];
  const state = holder === undefined ? await subject.system.portState(one.port, one.address) : 'taken';
  if (state === 'foreign') return [noSuchAddress(one, subject)];
  return state === 'taken' ? [await taken(one, holder, wanted, subject)] : [];
}

async function taken(one: Wanted, holder: Container | undefined, wanted: readonly Wanted[], subject: Subject): Promise<Finding> {
  const by = holder === undefined ? 'another program' : `the container ${holder.name}${holder.folder === '' ? '' : ` of ${holder.folder}`}`;
  const stopping = holder === undefined ? `Stop that program (${finder(one.port, subject.system.platform)} names it)` : `Stop it: docker stop ${holder.name}`;
  return {
    id: 'port-taken',
    severity: 'problem',
    title: `Port ${one.port}, wanted by ${one.service}, is taken by ${by}.`,
    cause: 'Docker cannot publish a port that another has, and the start ends with "address already in use" or "port is already allocated".',
    remedy: `${stopping}, or ${await moving(one, wanted, subject)}`,
  };
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

/** Two sockets collide where they ask for the same address, or one of them asks for all. */
function collide(one: Published, other: HostPort): boolean {
  return one.port >= other.first && one.port <= other.last && (one.address === other.address || one.address === '' || other.address === '');
}

async function moving(one: Wanted, wanted: readonly Wanted[], subject: Subject): Promise<string> {
  const [variable, free] = await Promise.all([variableOf(subject, one.service, 'PORT'), findFree(one, wanted, subject)]);
  return variable === undefined
    ? `publish ${one.service} on another port in docker-compose.yml, such as ${free}`
    : `set ${variable}=${free} in ${join(subject.directory, '.env')}`;
}

/** A neighbour of the port that is wanted; 80 gives 8080. */
async function findFree({ port, address }: Wanted, wanted: readonly Wanted[], { system }: Subject): Promise<number> {
  const first = port < 1024 ? port + 8000 : port + 1;
  const candidates = Array.from({ length: 20 }, (_, step) => first + step).filter((one) => one < 65_536 && !wanted.some((other) => other.port === one));
  for (const candidate of candidates) if ((await system.portState(candidate, address)) === 'free') return candidate;
  return first;
}

function finder(port: number, platform: NodeJS.Platform): string {
  if (platform === 'win32') return `netstat -ano | findstr :${port}`;
  return platform === 'linux' ? `sudo ss -ltnp "sport = :${port}"` : `sudo lsof -nP -iTCP:${port} -sTCP:LISTEN`;
}
