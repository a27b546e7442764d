/** Compose accepts docker-compose.yml together with .env. */
import { join } from 'node:path';
import { parseDotenv } from '../dotenv-lines.ts';
import type { Check } from '../subject.ts';
import { lastLine, place } from '../wording.ts';

export const checkComposeFile: Check = async ({ directory, system, compose, stack }) => {
  const read = async (name: string) => system.readText(join(directory, name));
  const [{ refusal }, plugin, dotenv, example] = await Promise.all([stack(), compose(), read('.env'), read('.env.example')]);
  // Without the plugin, or without .env, it must fail; both are told by checks of their own.
  if (refusal === undefined || plugin.status !== 'ok' || dotenv === undefined) return [];
  const required = /required variable (\w+)/.exec(refusal)?.[1];
  if (required !== undefined && parseDotenv(example ?? '').has(required)) return []; // the check of .env tells that
  return [
    {
      id: 'compose-file',
      severity: 'problem',
      title: `Compose refuses ${join(directory, 'docker-compose.yml')}: ${lastLine(refusal)}`,
      cause: 'The file, an override beside it and .env do not fit together, so nothing can be started; ports and limits were read from the files instead.',
      remedy: `Mend what it names, then see that this is silent: docker compose --project-directory ${place({ directory }, '.')} config --quiet`,
    },
  ];
};
