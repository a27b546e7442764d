/** Who this process is, and which others there are, as far as this system tells. */
import { randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { UNKNOWN, type Owner } from './owner.ts';

export function identify(): Owner {
  return {
    pid: process.pid,
    start: startOf(process.pid) ?? UNKNOWN,
    space: told(() => readlinkSync('/proc/self/ns/pid').replaceAll(/\D/g, '')) ?? UNKNOWN,
    boot: told(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').replaceAll('-', '').slice(0, 12)) ?? UNKNOWN,
    machine: told(() => readFileSync('/etc/machine-id', 'utf8').trim().slice(0, 8)) || UNKNOWN, // no more of it is for others to read
    host: hostname().replaceAll(/[^\w.-]|_/g, '-').slice(0, 60) || UNKNOWN,
    nonce: randomBytes(4).toString('hex'),
  };
}

/** @returns undefined where there is no such process, or it has ended and its parent has not asked how */
export function startOf(pid: number): string | undefined {
  const stat = told(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  if (stat === undefined) return isThere(pid) ? UNKNOWN : undefined;
  // Behind the name, which may hold anything: the state is field 3, the start field 22.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : (fields[19] ?? UNKNOWN);
}

/** Signal 0 only asks: EPERM means that the process is there and somebody else's. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Systems without such a file are the usual case. */
function told(read: () => string): string | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return undefined;
  }
}
