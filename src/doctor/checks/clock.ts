/** The daemon's clock goes with ours. */
import type { Check } from '../subject.ts';

/** Milliseconds. */
const TOLERANCE = 5000;

export const checkClock: Check = async ({ engine, system }) => {
  const found = await engine();
  if (found.state !== 'running' || Math.abs(found.skew) <= TOLERANCE) return [];
  const seconds = Math.round(Math.abs(found.skew) / 1000);
  return [
    {
      id: 'clock-skew',
      severity: 'problem',
      title: `Docker's clock is ${seconds} seconds ${found.skew > 0 ? 'ahead of' : 'behind'} this machine's.`,
      cause: 'Containers in a virtual machine drift while the host sleeps; sessions and tokens then expire at the wrong time, TLS fails, and reloading misses changes.',
      remedy: system.platform === 'linux' ? 'Set both clocks by the network: sudo timedatectl set-ntp true, here and where the daemon runs' : 'Restart Docker Desktop',
    },
  ];
};
