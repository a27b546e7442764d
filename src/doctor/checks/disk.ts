/** There is room where the project lies, and where Docker keeps images and volumes. */
import type { Finding } from '../finding.ts';
import type { Check } from '../subject.ts';

const GB = 1e9;
/** A comfortable rest: images, build cache and a database that grows. */
const LOW = 5 * GB;
/** What building both images from nothing takes. */
const FULL = 2 * GB;

export const checkDisk: Check = async ({ directory, engine, system }) => {
  const found = await engine();
  const dataRoot = found.state === 'running' ? found.dataRoot : '';
  const [here, docker] = await Promise.all([system.stat(directory), system.stat(dataRoot)]);
  // In a virtual machine Docker's folder is none of ours: it is not there then, and cannot be looked at.
  const separate = dataRoot !== '' && docker !== undefined && docker.device !== here?.device;
  const [project, images] = await Promise.all([system.freeSpace(directory), separate ? system.freeSpace(dataRoot) : undefined]);
  return [...judge('disk-project', `where the project lies (${directory})`, project), ...judge('disk-docker', `where Docker keeps its data (${dataRoot})`, images)];
};

function judge(id: string, where: string, free: number | undefined): readonly Finding[] {
  if (free === undefined || free >= LOW) return [];
  return [
    {
      id,
      severity: free < FULL ? 'problem' : 'advice',
      title: `Only ${(free / GB).toFixed(1)} GB are free ${where}.`,
      cause: 'Building the images takes 2 GB, and PostgreSQL stops where it cannot write; 5 GB are comfortable.',
      remedy: 'docker system prune frees what no container uses; docker system df shows how much that is',
    },
  ];
}
