/** The project's services, ports, limits and volumes: as Compose resolves them, or as far as the files tell without it. */
import { join } from 'node:path';
import { scanCompose } from './compose-scan.ts';
import { parseDotenv } from './dotenv-lines.ts';
import { parseJson } from './json.ts';
import type { System } from './system.ts';

export interface Stack {
  readonly name: string;
  /** Those that the profiles turn on. */
  readonly services: readonly Service[];
  readonly volumes: readonly Volume[];
  /** Why Compose refuses the files, in its own words. */
  readonly refusal?: string;
}

export interface Service {
  readonly name: string;
  readonly cpus?: number;
  /** Bytes. */
  readonly memory?: number;
  readonly ports: readonly Published[];
}

export interface Published {
  /** Empty for all of the machine's. */
  readonly address: string;
  readonly port: number;
}

export interface Volume {
  readonly key: string;
  readonly name: string;
}

/** The part of Compose's own model that is read. Environments, with their secrets, never are. */
interface Model {
  readonly name?: string;
  readonly services?: Readonly<Record<string, ModelService>>;
  readonly volumes?: Readonly<Record<string, { readonly name?: string } | null>>;
}

interface ModelService {
  readonly ports?: readonly { readonly host_ip?: string; readonly published?: string; readonly protocol?: string }[];
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly cpus?: number | string; readonly memory?: string } } };
}

export async function readStack(directory: string, system: System): Promise<Stack> {
  const ran = await system.run('docker', ['compose', 'config', '--format', 'json'], directory);
  const model = ran.status === 'ok' ? parseJson<Model>(ran.stdout) : undefined;
  if (model !== undefined) return fromModel(model);
  const [compose, dotenv] = await Promise.all([system.readText(join(directory, 'docker-compose.yml')), system.readText(join(directory, '.env'))]);
  const scanned = scanCompose(compose ?? '', parseDotenv(dotenv ?? ''));
  return ran.status === 'failed' ? { ...scanned, refusal: ran.stderr } : scanned;
}

function fromModel({ name = '', services = {}, volumes = {} }: Model): Stack {
  return {
    name,
    services: Object.entries(services).map(([service, { ports = [], deploy }]) => {
      const limits = deploy?.resources?.limits;
      return {
        name: service,
        ...(limits?.cpus === undefined ? {} : { cpus: Number(limits.cpus) }),
        ...(limits?.memory === undefined ? {} : { memory: Number(limits.memory) }),
        ports: ports
          .filter(({ protocol = 'tcp', published = '' }) => protocol === 'tcp' && /^\d+$/.test(published))
          .map(({ host_ip: address = '', published }) => ({ address: address === '0.0.0.0' || address === '::' ? '' : address, port: Number(published) })),
      };
    }),
    volumes: Object.entries(volumes).map(([key, volume]) => ({ key, name: volume?.name ?? `${name}_${key}` })),
  };
}
