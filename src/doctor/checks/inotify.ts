/** Linux lets enough files be watched for Vite and Django to notice changes. */
import type { Finding } from '../finding.ts';
import type { Check } from '../subject.ts';

const LEAST = { max_user_watches: 65_536, max_user_instances: 128 } as const;

export const checkInotify: Check = async ({ system }) => {
  if (system.platform !== 'linux') return [];
  const settings = Object.entries(LEAST).map(async ([name, least]): Promise<readonly Finding[]> => {
    const text = await system.readText(`/proc/sys/fs/inotify/${name}`);
    const value = Number(text ?? Number.NaN);
    return value < least ? [tooLow(name, value, least)] : [];
  });
  return (await Promise.all(settings)).flat();
};

function tooLow(name: string, value: number, least: number): Finding {
  const setting = `fs.inotify.${name}`;
  return {
    id: `inotify-${name === 'max_user_watches' ? 'watches' : 'instances'}`,
    severity: 'advice',
    title: `${setting} is ${value} on this machine, and ${least} or more are wanted.`,
    cause: 'Containers share this limit with your editor; at its end reloading stops with "ENOSPC: System limit for number of file watchers reached" or "EMFILE".',
    remedy: `echo ${setting}=${least * 4} | sudo tee -a /etc/sysctl.d/60-inotify.conf && sudo sysctl --system`,
  };
}
