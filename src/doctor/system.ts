/** All that the checks ask of the machine, as a value, so that tests can pass one that is made up. */
import type { Listener } from '../io/listening-ports.ts';

export interface System {
  readonly platform: NodeJS.Platform;
  readonly cpus: number;
  /** Bytes. */
  readonly memory: number;
  /** Milliseconds since 1970, by the wall clock. */
  now(): number;
  /** Never rejects: a program that is missing, fails or is too slow is an answer as well. */
  run(program: string, args: readonly string[], cwd?: string): Promise<Ran>;
  /** The other readers give undefined for whatever is not there or may not be read. */
  readText(path: string): Promise<string | undefined>;
  list(path: string): Promise<readonly Entry[] | undefined>;
  stat(path: string): Promise<Stat | undefined>;
  realPath(path: string): Promise<string | undefined>;
  /** Bytes that this user may still write on the file system of the path. */
  freeSpace(path: string): Promise<number | undefined>;
  /** Who listens on this machine's TCP ports; none where the system does not tell. */
  listeners(): Promise<readonly Listener[]>;
  /** The machine's own. */
  readonly addresses: readonly string[];
}

export type Ran =
  | { readonly status: 'ok'; readonly stdout: string }
  /** Ended with an exit code other than 0. */
  | { readonly status: 'failed'; readonly stderr: string }
  | { readonly status: 'missing' }
  | { readonly status: 'slow' };

export interface Entry {
  readonly name: string;
  /** A symbolic link is none, wherever it leads. */
  readonly isFolder: boolean;
}

export interface Stat {
  /** Permission bits. */
  readonly mode: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
  /** Likewise; 0 where the file system does not know. */
  readonly born: number;
  readonly device: number;
}
