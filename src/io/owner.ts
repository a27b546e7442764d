/** Who holds a stage, as the name of a folder in it: enough for any process on any machine to tell whether that run still lives. */

/**
 * What names a process for good. Its id alone does not: in containers the ids are the same few in each run, and on a shared
 * mount those of two machines mean different processes.
 */
export interface Owner {
  readonly pid: number;
  /** Ticks from the machine's start to the process's: two processes with one id differ in it. */
  readonly start: string;
  /** Within which process ids are unique: a namespace, which each container has of its own. */
  readonly space: string;
  /** New each time that the machine starts; shared by all of its containers. */
  readonly boot: string;
  /** Part of the number that a system gives itself when it is installed; containers may share one, or have none. */
  readonly machine: string;
  readonly host: string;
  /** Tells runs within one process apart. */
  readonly nonce: string;
}

/** Stands for a start, a space or a boot where the system does not tell it. */
export const UNKNOWN = '-';

const NAME = /^run_(\d+)_([^_]+)_([^_]+)_([^_]+)_([^_]+)_([^_]+)_([^_]+)$/;

/** A folder of a run that has ended, and said itself that something is left to undo. */
const ENDED = /^unfinished\b/;

export function formatOwner({ pid, start, space, boot, machine, host, nonce }: Owner): string {
  return ['run', pid, start, space, boot, machine, host, nonce].join('_');
}

export function formatEnded({ nonce }: Pick<Owner, 'nonce'>): string {
  return `unfinished-${nonce}`;
}

/** @returns undefined for a name that no run gives to a folder */
export function parseHolder(name: string): Owner | 'ended' | undefined {
  if (ENDED.test(name)) return 'ended';
  const [, pid, start = '', space = '', boot = '', machine = '', host = '', nonce = ''] = NAME.exec(name) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), start, space, boot, machine, host, nonce };
}

export type Verdict =
  | 'alive'
  | 'dead'
  /** Its id is that of a process, and the system does not tell whether of the same. */
  | 'untold'
  /** Under this host name, but where this process cannot see it: this container before it was started anew, most likely. */
  | 'earlier'
  /** In another container of this machine, or outside of this one. */
  | 'elsewhere'
  /** On another machine, whose clock and processes say nothing here. */
  | 'foreign';

/** What this system knows of a process id in this space. */
export interface Processes {
  /** @returns undefined where there is no such process, UNKNOWN where there is one and the system does not tell its start */
  readonly startOf: (pid: number) => string | undefined;
}

export function judge(owner: Owner, me: Owner, { startOf }: Processes): Verdict {
  const kin = owner.host === me.host && owner.machine === me.machine;
  if (owner.boot !== me.boot) {
    if (!kin) return 'foreign';
    return owner.boot === UNKNOWN || me.boot === UNKNOWN ? 'untold' : 'dead'; // dead: the machine has started anew since
  }
  if (owner.boot === UNKNOWN && !kin) return 'foreign';
  if (owner.space !== me.space) return owner.host === me.host ? 'earlier' : 'elsewhere';
  const start = startOf(owner.pid);
  if (start === undefined) return 'dead';
  if (start === UNKNOWN || owner.start === UNKNOWN) return 'untold';
  return start === owner.start ? 'alive' : 'dead';
}
