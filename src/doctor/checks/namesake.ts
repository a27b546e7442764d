/** No other folder uses the project's name: Compose knows a project by its name alone. */
import { join } from 'node:path';
import { isOwn } from '../containers.ts';
import type { Check } from '../subject.ts';

export const checkNamesake: Check = async ({ directory, system, containers, stack }) => {
  const [all, { name }] = await Promise.all([containers(), stack()]);
  const namesakes = all.filter(({ project }) => project === name && name !== '');
  const owned = await Promise.all(namesakes.map(async (container) => isOwn(container, { name }, directory, system)));
  const folder = namesakes.find((_, index) => owned[index] === false)?.folder;
  if (folder === undefined) return [];
  return [
    {
      id: 'name-taken',
      severity: 'problem',
      title: `Containers of another folder, ${folder}, have this project's name "${name}".`,
      cause: 'Compose would take them for yours and replace them, and both folders would work on the same volumes.',
      remedy: `Stop it there with docker compose down, or give this one another name: COMPOSE_PROJECT_NAME in ${join(directory, '.env')}`,
    },
  ];
};
