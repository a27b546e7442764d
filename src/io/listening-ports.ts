/** Which ports of this machine are taken, and by whom: what the questions and the doctor know of ports. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { describeHolder, parseLsof, parseNetstat, parseProcNet, parseTasklist, type Socket } from './socket-tables.ts';

export interface Listener extends Pick<Socket, 'address' | 'port'> {
  /** The program and its process; not there where the system does not tell this user. */
  readonly holder?: string;
}

/** @returns every TCP port that somebody listens on; none where the system does not tell */
export async function findListeners(): Promise<readonly Listener[]> {
  if (process.platform === 'linux') return readProc();
  if (process.platform === 'win32') {
    const [sockets, tasks] = await Promise.all([ask('netstat', '-ano'), ask('tasklist', '/fo', 'csv', '/nh')]);
    const holders = parseTasklist(tasks);
    return parseNetstat(sockets).map((socket) => name(socket, holders.get(socket.owner ?? '')));
  }
  const [sockets, files] = await Promise.all([ask('netstat', '-an'), ask('lsof', '-nP', '-iTCP', '-sTCP:LISTEN', '-Fpcn')]);
  const holders = parseLsof(files);
  return parseNetstat(sockets).map((socket) => name(socket, holders.get(socket.port)));
}

/** Two sockets collide where they ask for the same address, or one of them asks for all. */
export function collide(one: Pick<Socket, 'address'>, other: Pick<Socket, 'address'>): boolean {
  return one.address === other.address || one.address === '' || other.address === '';
}

function readProc(): readonly Listener[] {
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => parseProcNet(unlessRefused('', () => readFileSync(path, 'utf8'))));
  const holders = findOwners(new Set(sockets.map(({ owner }) => `socket:[${owner}]`)));
  return sockets.map((socket) => name(socket, holders.get(`socket:[${socket.owner}]`)));
}

/** A socket's inode is known to whoever has it open; the files of other users' processes are closed to us, unless we are root. */
function findOwners(inodes: ReadonlySet<string>): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const pid of unlessRefused([], () => readdirSync('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    for (const file of unlessRefused([], () => readdirSync(`/proc/${pid}/fd`))) {
      const inode = unlessRefused('', () => readlinkSync(`/proc/${pid}/fd/${file}`));
      if (inodes.has(inode)) owners.set(inode, describeHolder(unlessRefused('', () => readFileSync(`/proc/${pid}/comm`, 'utf8')), pid));
    }
  }
  return owners;
}

function name({ address, port }: Socket, holder: string | undefined): Listener {
  return { address, port, ...(holder === undefined ? {} : { holder }) };
}

async function ask(program: string, ...args: readonly string[]): Promise<string> {
  const { runProgram } = await import('./program.ts');
  const { stdout } = await runProgram(program, args, { stdin: 'ignore' }, 2000);
  return stdout;
}

/** Processes end while they are looked at, and a kernel without IPv6 has no tcp6. */
function unlessRefused<Result>(otherwise: Result, look: () => Result): Result {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return otherwise;
  }
}
