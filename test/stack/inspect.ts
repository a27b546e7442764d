/** What the engine and the kernel know of a running container. */
import type { Service } from './architecture.ts';
import { container, docker, exec, type Stack } from './stack.ts';
import { until } from './until.ts';

export interface Inspected {
  readonly Id: string;
  readonly RestartCount: number;
  readonly Image: string;
  readonly State: {
    readonly Status: string;
    readonly StartedAt: string;
    readonly Health?: { readonly Status: string };
  };
  readonly Config: {
    readonly Image: string;
    readonly User: string;
    readonly Healthcheck?: {
      readonly Test: readonly string[];
      /** Nanoseconds. */
      readonly Interval: number;
      readonly Timeout: number;
      readonly StartPeriod: number;
      readonly StartInterval: number;
      readonly Retries: number;
    };
  };
  readonly HostConfig: {
    readonly NanoCpus: number;
    readonly CpuShares: number;
    readonly Memory: number;
    readonly MemoryReservation: number;
    readonly Init: boolean;
    readonly CapAdd: readonly string[] | null;
    readonly CapDrop: readonly string[] | null;
    readonly SecurityOpt: readonly string[] | null;
    readonly Privileged: boolean;
    readonly RestartPolicy: { readonly Name: string };
    readonly PortBindings: Readonly<Record<string, readonly { readonly HostIp: string; readonly HostPort: string }[]>> | null;
  };
  readonly Mounts: readonly { readonly Type: string; readonly Name?: string; readonly Source: string; readonly Destination: string }[];
  readonly NetworkSettings: { readonly Networks: Readonly<Record<string, { readonly IPAddress: string }>> };
}

export async function inspect(stack: Stack, service: Service): Promise<Inspected> {
  const [inspected] = JSON.parse(await docker('inspect', container(stack, service))) as [Inspected];
  return inspected;
}

export async function isHealthy(stack: Stack, service: Service): Promise<boolean> {
  return (await inspect(stack, service)).State.Health?.Status === 'healthy';
}

export async function untilHealthy(stack: Stack, services: readonly Service[], seconds: number): Promise<void> {
  const all = async () => (await Promise.all(services.map((service) => isHealthy(stack, service)))).every(Boolean);
  await until(`${services.join(', ')} of ${stack.name} healthy`, all, { seconds, every: 250 });
}

/** `uid:gid` of each process of the container, as the host's kernel sees it. */
export async function processOwners(stack: Stack, service: Service): Promise<readonly string[]> {
  const [, ...lines] = (await docker('top', container(stack, service), '-eo', 'uid,gid,pid')).split('\n');
  return lines.map((line) => line.trim().split(/\s+/).slice(0, 2).join(':'));
}

export interface KernelLimits {
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  readonly memoryReserve: number;
}

/** Read in the container itself, where /sys/fs/cgroup is its own group (v2), or its own in each hierarchy (v1). */
export async function kernelLimits(stack: Stack, service: Service): Promise<KernelLimits> {
  const isV2 = (await exec(stack, service, 'ls', '/sys/fs/cgroup')).includes('cgroup.controllers');
  const files = isV2 ? CGROUP_V2 : CGROUP_V1;
  const numbers = (await exec(stack, service, 'cat', ...files.map((file) => `/sys/fs/cgroup/${file}`))).split(/\s+/).map(Number);
  const [quota = NaN, period = NaN, memory = NaN, memoryReserve = NaN] = numbers;
  return { cpus: quota / period, memory, memoryReserve };
}

/** In v2 the first file holds two numbers: the quota and its period. */
const CGROUP_V2 = ['cpu.max', 'memory.max', 'memory.low'];
const CGROUP_V1 = ['cpu/cpu.cfs_quota_us', 'cpu/cpu.cfs_period_us', 'memory/memory.limit_in_bytes', 'memory/memory.soft_limit_in_bytes'];
