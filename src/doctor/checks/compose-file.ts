/** Compose accepts docker-compose.yml together with .env, and so what it describes could be checked. */
import { join } from 'node:path';
import { parseDotenv } from '../dotenv-lines.ts';
import type { Finding } from '../finding.ts';
import type { Check, Subject } from '../subject.ts';
import { lastLine, place } from '../wording.ts';

export const checkComposeFile: Check = async (subject) => {
  const { isResolved, refusal } = await subject.stack();
  if (isResolved) return [];
  return [refusal === undefined || (await isToldElsewhere(refusal, subject)) ? unchecked() : refused(refusal, subject)];
};

/** Without the plugin, without .env, or without a secret in it Compose must fail; that is told by checks of their own. */
async function isToldElsewhere(refusal: string, { directory, system, compose }: Subject): Promise<boolean> {
  const read = async (name: string) => system.readText(join(directory, name));
  const [plugin, dotenv, example] = await Promise.all([compose(), read('.env'), read('.env.example')]);
  const required = /required variable (\w+)/.exec(refusal)?.[1];
  return plugin.status !== 'ok' || dotenv === undefined || (required !== undefined && parseDotenv(example ?? '').has(required));
}

function unchecked(): Finding {
  return {
    id: 'stack-unchecked',
    severity: 'advice',
    title: "The project's ports, limits and volumes were not checked.",
    cause: 'Compose alone knows what docker-compose.yml and .env come to, and it did not tell.',
    remedy: 'Mend what else is told here, then run this again',
  };
}

function refused(refusal: string, { directory }: Subject): Finding {
  return {
    id: 'compose-file',
    severity: 'problem',
    title: `Compose refuses ${join(directory, 'docker-compose.yml')}: ${lastLine(refusal)}`,
    cause: 'The file, an override beside it and .env do not fit together, so nothing can be started; ports, limits and volumes were not checked.',
    remedy: `Mend what it names, then see that this is silent: docker compose --project-directory ${place({ directory }, '.')} config --quiet`,
  };
}
