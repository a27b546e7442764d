// What the numbers were measured on; nothing that names the machine itself.
import { arch, availableParallelism, cpus, loadavg, totalmem, type } from 'node:os';

/** @returns {string} one line */
export function describeMachine() {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const model = cpus()[0]?.model.replaceAll(/\s+/g, ' ').trim() || 'unknown CPU';
  return `${model}, ${availableParallelism()} cores, ${memory} GiB, ${type()} ${arch()}`;
}

/** @returns {number} how many processes wanted a core in the last minute; 0 on Windows */
export const measureLoad = () => loadavg()[0] ?? 0;
