/** How many requests a second something answers, by wrk, and what its containers take for that. */
import { execa } from 'execa';
import { statsOf } from '../stack/usage.ts';

export interface Throughput {
  readonly perSecond: number;
  /** Milliseconds: half of the answers, and 99 of 100, came within. */
  readonly p50: number;
  readonly p99: number;
}

export interface Load {
  /** Kept open; each asks again when it has its answer. */
  readonly connections: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws where an answer was an error, or lacked */
export async function measureThroughput(url: string, { connections, seconds, headers }: Load): Promise<Throughput> {
  const all = Object.entries(headers).flatMap(([name, value]) => ['--header', `${name}: ${value}`]);
  const { stdout } = await execa('wrk', ['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`, '--timeout', '10s', '--latency', ...all, url]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`not every request was answered well:\n${stdout}`);
  const latency = (percent: number) => milliseconds(new RegExp(`^\\s+${percent}%\\s+(\\S+) *$`, 'm').exec(stdout)?.[1]);
  return { perSecond: Number(/^Requests\/sec:\s+(\S+)$/m.exec(stdout)?.[1]), p50: latency(50), p99: latency(99) };
}

function milliseconds(text = ''): number {
  const [, number = '', unit = ''] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? [];
  return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'];
}

export interface Use {
  /** Percent of one CPU. */
  readonly cpu: number;
  readonly megabytes: number;
}

/** What all of these containers together took while `work` went on; the memory is that of its end. */
export async function useDuring<T>(containers: Readonly<Record<string, readonly string[]>>, work: () => Promise<T>): Promise<{ readonly value: T; readonly use: Readonly<Record<string, Use>> }> {
  const read = async () => {
    const of = async ([name, ids]: [string, readonly string[]]) => [name, sum(await Promise.all(ids.map(statsOf)))] as const;
    return { at: performance.now(), all: new Map(await Promise.all(Object.entries(containers).map(of))) };
  };
  const before = await read();
  const value = await work();
  const after = await read();
  const use = [...after.all].map(([name, { cpu, memory }]) => {
    const nanoseconds = cpu - before.all.get(name)!.cpu;
    return [name, { cpu: (100 * nanoseconds) / 1e6 / (after.at - before.at), megabytes: memory / 1024 / 1024 }] as const;
  });
  return { value, use: Object.fromEntries(use) };
}

function sum(all: readonly { readonly cpu: number; readonly memory: number }[]) {
  return { cpu: all.reduce((total, { cpu }) => total + cpu, 0), memory: all.reduce((total, { memory }) => total + memory, 0) };
}

/** The fewest connections with which it answers 95 % of the most that it ever does: more of them only wait longer. */
export function knee<T extends Throughput>(rows: readonly T[]): T {
  const most = Math.max(...rows.map(({ perSecond }) => perSecond));
  return rows.find(({ perSecond }) => perSecond >= 0.95 * most)!;
}

/** @returns what all rounds, which took as long each, answered a second, and the latencies of those in the middle */
export function average(rounds: readonly Throughput[]): Throughput {
  const middle = (key: 'p50' | 'p99') => rounds.map((round) => round[key]).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
  return { perSecond: rounds.reduce((sum, { perSecond }) => sum + perSecond, 0) / rounds.length, p50: middle('p50'), p99: middle('p99') };
}
