/** The machine's containers, and which of them belong to this project. */
import type { Stack } from './stack.ts';
import type { System } from './system.ts';

export interface Container {
  readonly name: string;
  /** The Compose project, its folder and the service; empty where Compose did not make it. */
  readonly project: string;
  readonly folder: string;
  readonly service: string;
  readonly isHealthy: boolean;
  /** Milliseconds since 1970. */
  readonly created: number;
  /** TCP ports of the host that it has now; none where it is stopped. */
  readonly ports: readonly HostPort[];
}

export interface HostPort {
  /** Empty for all of the machine's. */
  readonly address: string;
  readonly first: number;
  readonly last: number;
}

const LABEL = 'com.docker.compose';
const COLUMNS = [
  '{{.Names}}',
  `{{.Label "${LABEL}.project"}}`,
  `{{.Label "${LABEL}.project.working_dir"}}`,
  `{{.Label "${LABEL}.service"}}`,
  '{{.Status}}',
  '{{.CreatedAt}}',
  '{{.Ports}}',
];

/** @returns none where Docker does not answer; the check of the daemon says that */
export async function listContainers(system: System): Promise<readonly Container[]> {
  const ran = await system.run('docker', ['ps', '--all', '--format', COLUMNS.join('\t')]);
  return ran.status === 'ok' ? ran.stdout.split('\n').filter((line) => line.includes('\t')).map(parseContainer) : [];
}

/**
 * Of the project's name and from its folder. One whose folder is gone counts as well: Compose takes it over, and in a
 * development container the host's folders cannot be seen.
 */
export async function isOwn(container: Container, stack: Pick<Stack, 'name'>, directory: string, system: System): Promise<boolean> {
  if (container.project !== stack.name) return false;
  if (container.folder === '') return true;
  const [theirs, ours] = await Promise.all([system.realPath(container.folder), system.realPath(directory)]);
  const same = (path = '') => (system.platform === 'win32' ? path.toLowerCase() : path);
  return theirs === undefined || same(theirs) === same(ours);
}

function parseContainer(line: string): Container {
  const [name = '', project = '', folder = '', service = '', status = '', created = '', ports = ''] = line.split('\t');
  return {
    name,
    project,
    folder,
    service,
    isHealthy: status.includes('(healthy)'),
    created: Date.parse(created.replace(/ [A-Z]+$/, '')), // "2026-01-31 12:00:00 +0000 UTC": the zone's name is no part of any format
    ports: ports.split(', ').flatMap(parsePort),
  };
}

/** `127.0.0.1:80->80/tcp`, `[::]:8000-8005->8000-8005/tcp`; `80/tcp` alone is not published. */
function parsePort(text: string): readonly HostPort[] {
  const match = /^(.*):(\d+)(?:-(\d+))?->.*\/tcp$/.exec(text);
  if (match === null) return [];
  const address = (match[1] ?? '').replace(/[[\]]/g, '');
  const first = Number(match[2]);
  return [{ address: address === '0.0.0.0' || address === '::' ? '' : address, first, last: Number(match[3] ?? first) }];
}
