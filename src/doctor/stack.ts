/** The project's services, ports, limits and volumes as Compose resolves them; without it, the name and the volumes that Docker has. */
import { join } from 'node:path';
import { parseDotenv } from './dotenv-lines.ts';
import { parseJson } from './json.ts';
import type { System } from './system.ts';

export interface Stack {
  readonly name: string;
  /** Those that the profiles turn on. */
  readonly services: readonly Service[];
  readonly volumes: readonly Volume[];
  /** Whether Compose told all this; else there are no services, and of the volumes those that exist. */
  readonly isResolved: boolean;
  /** Why Compose refuses the files, in its own words. */
  readonly refusal?: string;
}

export interface Service {
  readonly name: string;
  readonly cpus?: number;
  /** Bytes. */
  readonly memory?: number;
  readonly ports: readonly Published[];
  /** What it runs, or what its image is built from. */
  readonly images: readonly string[];
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
  readonly image?: string;
  readonly build?: { readonly args?: Readonly<Record<string, string | null>> | null } | null;
  readonly ports?: readonly { readonly host_ip?: string; readonly published?: string; readonly protocol?: string }[];
  readonly deploy?: { readonly resources?: { readonly limits?: { readonly cpus?: number | string; readonly memory?: string } } };
}

export async function readStack(directory: string, system: System): Promise<Stack> {
  const ran = await system.run('docker', ['compose', 'config', '--format', 'json'], directory);
  const model = ran.status === 'ok' ? parseJson<Model>(ran.stdout) : undefined;
  if (model !== undefined) return fromModel(model);
  const name = await readName(directory, system);
  const stack: Stack = { name, services: [], volumes: await listVolumes(name, system), isResolved: false };
  return ran.status === 'failed' ? { ...stack, refusal: ran.stderr } : stack;
}

/** Where .env is gone, its example has the name that the project was made with. */
async function readName(directory: string, system: System): Promise<string> {
  const [dotenv, example] = await Promise.all(['.env', '.env.example'].map(async (file) => parseDotenv((await system.readText(join(directory, file))) ?? '')));
  return dotenv?.get('COMPOSE_PROJECT_NAME') ?? example?.get('COMPOSE_PROJECT_NAME') ?? '';
}

async function listVolumes(name: string, system: System): Promise<readonly Volume[]> {
  if (name === '') return [];
  const ran = await system.run('docker', ['volume', 'ls', '--filter', `label=com.docker.compose.project=${name}`, '--format', '{{.Label "com.docker.compose.volume"}}\t{{.Name}}']);
  const lines = ran.status === 'ok' ? ran.stdout.split('\n').filter((line) => line.includes('\t')) : [];
  return lines.map((line) => {
    const [key = '', volume = ''] = line.split('\t');
    return { key, name: volume };
  });
}

function fromModel({ name = '', services = {}, volumes = {} }: Model): Stack {
  return {
    name,
    isResolved: true,
    services: Object.entries(services).map(([service, { image, build, ports = [], deploy }]) => {
      const limits = deploy?.resources?.limits;
      return {
        name: service,
        ...(limits?.cpus === undefined ? {} : { cpus: Number(limits.cpus) }),
        ...(limits?.memory === undefined ? {} : { memory: Number(limits.memory) }),
        images: build == null ? [image ?? ''] : Object.entries(build.args ?? {}).flatMap(([name, value]) => (name.endsWith('_IMAGE') && value !== null ? value : [])),
        ports: ports
          .filter(({ protocol = 'tcp', published = '' }) => protocol === 'tcp' && /^\d+$/.test(published))
          .map(({ host_ip: address = '', published }) => ({ address: address === '0.0.0.0' || address === '::' ? '' : address, port: Number(published) })),
      };
    }),
    volumes: Object.entries(volumes).map(([key, volume]) => ({ key, name: volume?.name ?? `${name}_${key}` })),
  };
}
