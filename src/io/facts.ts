/** What is random or ambient: secrets, the user's ids, the version, the machine. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import type { Host } from '../options/service-limits.ts';
import { SECRET_NAMES, type Facts, type SecretName } from '../plan/facts.ts';

/** 64 hexadecimal characters: `check --deploy` (security.W009) asks for 50 at least. */
const SECRET_BYTES = 32;

export function gatherFacts(version: string): Facts {
  const secrets = SECRET_NAMES.map((name) => [name, randomBytes(SECRET_BYTES).toString('hex')] as const);
  return { secrets: Object.fromEntries(secrets) as Record<SecretName, string>, owner: findOwner(), version };
}

/** @returns the cores and MiB that this process may use: the machine's, or its control group's where that is less */
export function measureHost(): Host {
  const memory = Math.min(totalmem(), cgroupMemory());
  return { cpus: availableParallelism(), memory: Math.floor(memory / 1024 ** 2) };
}

/** Containers never run as root: where the user is root, or has no ids (Windows), they run as 1000:1000. */
function findOwner(): Facts['owner'] {
  const uid = process.getuid?.() ?? 0;
  return uid === 0 ? { uid: 1000, gid: 1000 } : { uid, gid: process.getgid?.() ?? 1000 };
}

/** Bytes, by control groups v2 or v1; infinite where there is no such limit or no such file. */
function cgroupMemory(): number {
  for (const path of ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']) {
    try {
      const bytes = Number(readFileSync(path, 'utf8'));
      if (bytes > 0) return bytes;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error; // no such file is the usual case
    }
  }
  return Number.POSITIVE_INFINITY;
}
