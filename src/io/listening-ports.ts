/** The ports of this machine that somebody listens on, as a set to look things up in while a person types. */
import { readFileSync } from 'node:fs';

/** @returns TCP ports; empty where the system does not tell */
export async function findListeningPorts(): Promise<ReadonlySet<number>> {
  if (process.platform === 'linux') return new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) => parseProcNet(readIfThere(path))));
  const { execa } = await import('execa');
  const { stdout } = await execa('netstat', ['-an'], { reject: false, stdin: 'ignore', timeout: 2000 });
  return new Set(parseNetstat(String(stdout ?? '')));
}

/** Lines of `/proc/net/tcp` (proc(5)): the local address as hexadecimal `ADDRESS:PORT`, and the state, of which 0A is LISTEN. */
export function parseProcNet(text: string): readonly number[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state] = line.trim().split(/\s+/);
    return state === '0A' ? [Number.parseInt(local.split(':')[1] ?? '', 16)] : [];
  });
}

/** `netstat -an` of macOS (`*.80`, `127.0.0.1.80`, LISTEN) and of Windows (`0.0.0.0:80`, `[::]:80`, LISTENING). */
export function parseNetstat(text: string): readonly number[] {
  return text.split('\n').flatMap((line) => {
    const match = /^\s*tcp\S*\s+(?:\d+\s+\d+\s+)?\S*[.:](\d+)\s.*\bLISTEN/i.exec(line);
    return match === null ? [] : [Number(match[1])];
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return ''; // a kernel without IPv6 has no tcp6
  }
}
