/** What each system prints of its listening sockets in, the sockets out. */

/** A TCP socket that waits for connections. */
export interface Socket {
  /** Empty for all of the machine's. */
  readonly address: string;
  readonly port: number;
  /** What the system knows its owner by: an inode on Linux, a process id on Windows. */
  readonly owner?: string;
}

/** Lines of `/proc/net/tcp` and `tcp6` (proc(5)): the local address in hexadecimal, the state, of which 0A is LISTEN, and the inode. */
export function parseProcNet(text: string): readonly Socket[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [address = '', port = ''] = local.split(':');
    return state === '0A' ? [{ address: wild(fromHex(address)), port: Number.parseInt(port, 16), owner: inode }] : [];
  });
}

/** `netstat -an` of macOS (`*.80`, `127.0.0.1.80`, LISTEN), and `netstat -ano` of Windows (`0.0.0.0:80`, `[::]:80`, LISTENING, a process id). */
export function parseNetstat(text: string): readonly Socket[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*tcp\S*\s+(?:\d+\s+\d+\s+)?(\S*)[.:](\d+)\s.*\bLISTEN(?:ING)?(?:\s+(\d+))?\s*$/i.exec(line);
    if (match === null) return [];
    const [, address = '', port, owner] = match;
    return [{ address: wild(address.replace(/[[\]]|%.*/g, '')), port: Number(port), ...(owner === undefined ? {} : { owner }) }];
  });
}

/** `lsof -F pcn`: a line `p` and `c` for each process, and `n` for each of its sockets. @returns port to who has it */
export function parseLsof(text: string): ReadonlyMap<number, string> {
  const holders = new Map<number, string>();
  let [pid, name] = ['', ''];
  for (const line of text.split('\n')) {
    if (line.startsWith('p')) pid = line.slice(1);
    if (line.startsWith('c')) name = line.slice(1);
    const port = /^n.*:(\d+)$/.exec(line)?.[1];
    if (port !== undefined) holders.set(Number(port), describeHolder(name, pid));
  }
  return holders;
}

/** `tasklist /fo csv /nh`: `"name","id",…`. @returns process id to who it is */
export function parseTasklist(text: string): ReadonlyMap<string, string> {
  return new Map([...text.matchAll(/^"([^"]+)","(\d+)"/gm)].map(([, name = '', pid = '']) => [pid, describeHolder(name, pid)]));
}

export function describeHolder(name: string, pid: string): string {
  return `${name.trim()} (process ${pid})`;
}

function wild(address: string): string {
  return ['0.0.0.0', '::', '*'].includes(address) ? '' : address;
}

/** Each four bytes are a number of the machine, which is little-endian wherever Node runs on Linux but on s390x. */
function fromHex(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).toReversed()).map((byte) => Number.parseInt(byte, 16));
  const isMapped = bytes.length === 16 && bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 255;
  if (bytes.length === 4 || isMapped) return bytes.slice(-4).join('.');
  if (bytes.every((byte) => byte === 0)) return '::';
  const groups = Array.from({ length: 8 }, (_, index) => (((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0)).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname.replace(/[[\]]/g, '');
}
