/** How many requests a second something answers, by wrk. */
import { execa } from 'execa';

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
  const latency = (percent: number) => milliseconds(new RegExp(`^\\s+${percent}%\\s+(\\S+)$`, 'm').exec(stdout)?.[1]);
  return { perSecond: Number(/^Requests\/sec:\s+(\S+)$/m.exec(stdout)?.[1]), p50: latency(50), p99: latency(99) };
}

function milliseconds(text = ''): number {
  const [, number = '', unit = ''] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? [];
  return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'];
}
