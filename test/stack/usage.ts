/** What a stack uses while nobody uses it, asked of the engine: a command inside a container would count itself. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type Service } from './architecture.ts';
import { container, docker, type Stack } from './stack.ts';

export interface Usage {
  /** Percent of one CPU, over three health intervals, so that each probe counts as often as it does all day. */
  readonly cpu: Readonly<Record<Service, number>>;
  /** Without the file cache that the kernel can drop, as `docker stats` counts. */
  readonly megabytes: Readonly<Record<Service, number>>;
}

const WINDOW_SECONDS = 30;

export async function measureUsage(stack: Stack): Promise<Usage> {
  const read = async (service: Service) => ({ service, at: performance.now(), ...(await statsOf(container(stack, service))) });
  const all = () => Promise.all(SERVICES.map(({ service }) => read(service)));
  const before = await all();
  await sleep(WINDOW_SECONDS * 1000);
  const after = await all();
  return {
    cpu: table(after.map(({ service, at, cpu }, i) => [service, (100 * (cpu - before[i]!.cpu)) / 1e6 / (at - before[i]!.at)])),
    megabytes: table(after.map(({ service, memory }) => [service, memory / 1024 / 1024])),
  };
}

export function total(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((sum, value) => sum + value, 0);
}

const table = (rows: readonly (readonly [Service, number])[]) => Object.fromEntries(rows) as Record<Service, number>;

let socket: Promise<string> | undefined;

async function engineSocket(): Promise<string> {
  const host = process.env['DOCKER_HOST'] ?? (await docker('context', 'inspect', '--format', '{{.Endpoints.docker.Host}}'));
  if (!host.startsWith('unix://')) throw new Error(`the engine is at ${host}: its usage can only be read through a Unix socket`);
  return host.slice('unix://'.length);
}

interface Stats {
  readonly cpu_stats: { readonly cpu_usage: { readonly total_usage: number } };
  readonly memory_stats: { readonly usage: number; readonly stats: { readonly inactive_file?: number; readonly total_inactive_file?: number } };
}

/** CPU in nanoseconds since the container was made, memory in bytes. */
export async function statsOf(name: string): Promise<{ readonly cpu: number; readonly memory: number }> {
  const socketPath = await (socket ??= engineSocket());
  return new Promise((resolve, reject) => {
    const path = `/containers/${name}/stats?stream=false&one-shot=true`;
    const outgoing = request({ socketPath, path, agent: false, headers: { Host: 'docker' } }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('error', reject).on('end', () => {
        const { cpu_stats, memory_stats } = JSON.parse(text) as Stats;
        const { inactive_file = 0, total_inactive_file = inactive_file } = memory_stats.stats; // cgroup v2, v1
        resolve({ cpu: cpu_stats.cpu_usage.total_usage, memory: memory_stats.usage - total_inactive_file });
      });
    });
    outgoing.on('error', reject).end();
  });
}
