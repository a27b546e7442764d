/** What `docker info` says of the daemon and of the machine that it runs on, which may be a virtual one. */
import { parseJson } from './json.ts';
import type { System } from './system.ts';

export type Engine =
  | ({ readonly state: 'running' } & RunningEngine)
  /** The client is there and got no answer; its own words say why. */
  | { readonly state: 'silent'; readonly words: string }
  | { readonly state: 'slow' }
  /** There is no client. */
  | { readonly state: 'missing' };

export interface RunningEngine {
  readonly version: string;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** The folder of images and volumes, as the daemon sees it. */
  readonly dataRoot: string;
  /** Milliseconds that the daemon's clock is certainly ahead of ours; negative where it is behind. */
  readonly skew: number;
}

interface Info {
  readonly ServerVersion?: string;
  readonly NCPU?: number;
  readonly MemTotal?: number;
  readonly DockerRootDir?: string;
  readonly SystemTime?: string;
  /** Older clients exit with 0 and put here what newer ones say on standard error. */
  readonly ServerErrors?: readonly string[];
}

export async function readEngine(system: System): Promise<Engine> {
  const before = system.now();
  const ran = await system.run('docker', ['info', '--format', '{{json .}}']);
  const after = system.now();
  if (ran.status === 'missing' || ran.status === 'slow') return { state: ran.status };
  if (ran.status === 'failed') return { state: 'silent', words: ran.stderr };
  const info = parseJson<Info>(ran.stdout);
  if (info === undefined) return { state: 'silent', words: `docker info did not print JSON: ${ran.stdout.slice(0, 80)}` };
  if ((info.ServerErrors ?? []).length > 0) return { state: 'silent', words: (info.ServerErrors ?? []).join('\n') };
  return {
    state: 'running',
    version: info.ServerVersion ?? '',
    cpus: info.NCPU ?? system.cpus,
    memory: info.MemTotal ?? system.memory,
    dataRoot: info.DockerRootDir ?? '',
    skew: measureSkew(Date.parse(info.SystemTime ?? ''), before, after),
  };
}

/** The daemon read its clock at some moment between the two readings of ours: only what lies outside is skew. */
function measureSkew(theirs: number, before: number, after: number): number {
  if (theirs > after) return theirs - after;
  return theirs < before ? theirs - before : 0;
}
