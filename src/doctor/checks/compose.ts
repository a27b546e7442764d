/** Docker has its Compose plugin, new enough. */
import type { Check } from '../subject.ts';
import { isOlder } from '../version.ts';

/** The first to pass start_interval and develop.watch on as the project's file uses them. */
const MINIMUM = '2.24';

export const checkCompose: Check = async ({ compose }) => {
  const ran = await compose();
  if (ran.status === 'failed') {
    return [
      {
        id: 'compose-missing',
        severity: 'problem',
        title: 'This Docker has no Compose: "docker compose version" fails.',
        cause: 'All services are described in docker-compose.yml, which only the plugin reads; the older docker-compose is not enough.',
        remedy: 'Install the plugin: sudo apt-get install docker-compose-plugin, or https://docs.docker.com/compose/install/',
      },
    ];
  }
  if (ran.status !== 'ok' || !isOlder(ran.stdout, MINIMUM)) return []; // what is missing or slow, the check of the engine tells
  return [
    {
      id: 'compose-old',
      severity: 'problem',
      title: `Docker Compose ${ran.stdout.trim()} is too old: ${MINIMUM} or newer is needed.`,
      cause: 'Older ones do not pass start_interval and develop.watch on as docker-compose.yml uses them.',
      remedy: 'Update Docker Desktop, or the plugin: https://docs.docker.com/compose/install/',
    },
  ];
};
