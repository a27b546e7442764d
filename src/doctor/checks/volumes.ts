/** The database's volume is not older than the .env whose password it should know. */
import { join } from 'node:path';
import type { Finding } from '../finding.ts';
import { isOwn } from '../containers.ts';
import type { Stat } from '../system.ts';
import type { Check, Subject } from '../subject.ts';
import { script } from '../wording.ts';

/** Milliseconds: CreatedAt has whole seconds, and Docker's clock may be off by as much as the check of the clock allows. */
const TOLERANCE = 6000;

export const checkVolumes: Check = async (subject) => {
  const [{ state }, { volumes }, dotenv] = await Promise.all([subject.engine(), subject.stack(), subject.system.stat(join(subject.directory, '.env'))]);
  if (state !== 'running') return []; // one that hangs would hang again
  const databases = volumes.filter(({ key }) => key.includes('postgres'));
  return (await Promise.all(databases.map(async ({ name }) => checkVolume(name, dotenv, subject)))).flat();
};

async function checkVolume(name: string, dotenv: Stat | undefined, subject: Subject): Promise<readonly Finding[]> {
  // Since Engine 23 this is the time of the volume's own folder, which its content does not change: moby/moby#44719.
  const ran = await subject.system.run('docker', ['volume', 'inspect', '--format', '{{.CreatedAt}}', name]);
  if (ran.status !== 'ok') return []; // no such volume
  const created = Date.parse(ran.stdout.trim());
  if (dotenv === undefined) return [orphaned(name, subject)];
  const younger = since(dotenv) > created + TOLERANCE;
  return younger && !(await isProven(dotenv, subject)) ? [outdated(name, created, dotenv, subject)] : [];
}

/**
 * The time since which the text may be another one than the volume was made with: an editor that replaces the file
 * makes it born anew, a copy keeps the time of its text; so the earlier of the two is the one that counts.
 */
function since({ born, modified }: Stat): number {
  return born > 0 ? Math.min(born, modified) : modified;
}

/** A backend that was made after the last change of .env and is healthy has logged in with its password. */
async function isProven({ born, modified }: Stat, { directory, system, containers, stack }: Subject): Promise<boolean> {
  const [all, known] = await Promise.all([containers(), stack()]);
  const proofs = all.filter(({ service, isHealthy, created }) => service === 'backend' && isHealthy && created > Math.max(born, modified));
  const owned = await Promise.all(proofs.map(async (container) => isOwn(container, known, directory, system)));
  return owned.includes(true);
}

/** An advice: times cannot tell whether the password is another one, only that it may be. */
function outdated(name: string, created: number, dotenv: Stat, subject: Subject): Finding {
  return {
    id: 'volume-older',
    severity: 'advice',
    title: `The volume ${name} (of ${second(created)}) is older than ${join(subject.directory, '.env')} (of ${second(since(dotenv))}), so it may hold another password.`,
    cause: 'PostgreSQL takes POSTGRES_PASSWORD only while it makes its volume; if this .env has another one, the backend ends with "password authentication failed".',
    remedy: `Put the earlier .env back, or give the database the password of this one and keep the data: ${script(subject, 'db-password')}`,
  };
}

function orphaned(name: string, subject: Subject): Finding {
  return {
    id: 'volume-orphaned',
    severity: 'problem',
    title: `The volume ${name} exists, and ${join(subject.directory, '.env')}, which had its password, does not.`,
    cause: 'A new .env gets a new password, which PostgreSQL does not take into a volume that exists.',
    remedy: `Put the earlier .env back; if it is lost, run ${script(subject, 'start')} and then ${script(subject, 'db-password')}, which keeps the data`,
  };
}

function second(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
