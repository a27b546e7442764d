/** Paths and commands as a person types them where they stand. */
import { join } from 'node:path';
import { quote } from '../plan/quote.ts';
import type { Subject } from './subject.ts';

/** A path below the project, ready for a shell. */
export function place({ directory }: Pick<Subject, 'directory'>, path: string): string {
  return quote(join(directory, path));
}

/** The project's own script with a command of it. */
export function script(subject: Pick<Subject, 'directory'>, command: string): string {
  const path = place(subject, 'docker-dev.sh');
  return `${path === 'docker-dev.sh' ? './docker-dev.sh' : path} ${command}`;
}

/**
 * A variable of a service, such as DB_PORT.
 * @returns undefined where docker-compose.yml has none of that name, as for a service that somebody added
 */
export async function variableOf({ directory, system }: Subject, service: string, what: 'PORT' | 'CPUS' | 'MEMORY'): Promise<string | undefined> {
  const name = `${service.toUpperCase().replaceAll('-', '_')}_${what}`;
  const text = await system.readText(join(directory, 'docker-compose.yml'));
  return [':', '}'].some((end) => text?.includes(`\${${name}${end}`)) ? name : undefined;
}

export function list(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}
