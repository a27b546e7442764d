/** .env is there, only its owner can read it, and it has what .env.example asks for and nothing that nobody reads. */
import { join } from 'node:path';
import { nearest } from '../../options/nearest.ts';
import { commentedNames, parseDotenv } from '../dotenv-lines.ts';
import type { Finding } from '../finding.ts';
import type { Check, Subject } from '../subject.ts';
import { list, place, script } from '../wording.ts';

/** .env.example says of this one that it can be commented out. */
const OPTIONAL = ['COMPOSE_PROFILES'];
/** Read by Compose and Docker themselves. */
const OF_DOCKER = /^(COMPOSE|DOCKER|BUILDKIT)_/;

export const checkDotenv: Check = async (subject) => {
  const { directory, system } = subject;
  const read = async (name: string) => system.readText(join(directory, name));
  const [stat, text, example, compose, production] = await Promise.all([
    system.stat(join(directory, '.env')),
    read('.env'),
    read('.env.example'),
    read('docker-compose.yml'),
    read('docker-compose.prod.yml'),
  ]);
  if (stat === undefined) return [missing(subject)];
  const open = system.platform !== 'win32' && (stat.mode & 0o044) !== 0 ? [readable(stat.mode, subject)] : [];
  if (text === undefined) return [...open, unreadable(subject)];
  if (example === undefined) return open;
  return [...open, ...missingValues(text, example, subject), ...unknownNames(text, example, `${compose ?? ''}${production ?? ''}`, subject)];
};

function missingValues(text: string, example: string, subject: Subject): readonly Finding[] {
  const values = parseDotenv(text);
  const asked = [...parseDotenv(example)].filter(([name]) => !values.get(name));
  const secrets = asked.filter(([, value]) => value === '').map(([name]) => name);
  const others = asked.filter(([name, value]) => value !== '' && !values.has(name) && !OPTIONAL.includes(name)).map(([name]) => name);
  const dotenv = join(subject.directory, '.env');
  const secretless: Finding = {
    id: 'env-secret-missing',
    severity: 'problem',
    title: `${dotenv} has no value for ${list(secrets)}.`,
    cause: 'These are secrets without a default; Compose starts nothing without them.',
    remedy: `Put a random value behind each, such as openssl rand -hex 32 prints; where volumes exist, bring a new POSTGRES_PASSWORD to the database with ${script(subject, 'db-password')}`,
  };
  const incomplete: Finding = {
    id: 'env-key-missing',
    severity: 'advice',
    title: `${dotenv} lacks ${list(others)}, which .env.example sets.`,
    cause: 'The defaults of docker-compose.yml hold instead, which need not be what the project wants.',
    remedy: `Copy ${others.length === 1 ? 'this line' : 'these lines'} from ${place(subject, '.env.example')}`,
  };
  return [...(secrets.length > 0 ? [secretless] : []), ...(others.length > 0 ? [incomplete] : [])];
}

function unknownNames(text: string, example: string, compose: string, { directory }: Subject): readonly Finding[] {
  const known = [...parseDotenv(example).keys(), ...commentedNames(example)];
  const used = [...compose.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name);
  const unknown = [...parseDotenv(text).keys()].filter((name) => !known.includes(name) && !OF_DOCKER.test(name) && !used.includes(name));
  if (unknown.length === 0 || /\benv_file:/.test(compose)) return []; // env_file hands all of them to a container
  const meant = unknown.flatMap((name) => nearest(name, known) ?? []);
  return [
    {
      id: 'env-key-unknown',
      severity: 'advice',
      title: `${join(directory, '.env')} sets ${list(unknown)}, which nothing reads.`,
      cause: `Neither .env.example nor docker-compose.yml knows ${unknown.length === 1 ? 'it' : 'them'}${meant.length > 0 ? `; perhaps ${list(meant)} was meant` : ''}.`,
      remedy: 'Correct the name, remove the line, or explain it in .env.example and pass it on in docker-compose.yml',
    },
  ];
}

function missing(subject: Subject): Finding {
  return {
    id: 'env-missing',
    severity: 'problem',
    title: `There is no ${join(subject.directory, '.env')} yet.`,
    cause: 'It holds the secrets, so git does not carry it: a fresh clone has none, and Compose starts nothing without it.',
    remedy: `${script(subject, 'start')} writes it with fresh secrets`,
  };
}

function readable(mode: number, subject: Subject): Finding {
  return {
    id: 'env-mode',
    severity: 'problem',
    title: `${join(subject.directory, '.env')} can be read by others (mode ${mode.toString(8).padStart(4, '0')}).`,
    cause: 'It holds the passwords of the database and Redis, and the key that signs sessions.',
    remedy: `chmod 600 ${place(subject, '.env')}`,
  };
}

function unreadable(subject: Subject): Finding {
  return {
    id: 'env-unreadable',
    severity: 'problem',
    title: `You may not read ${join(subject.directory, '.env')}.`,
    cause: 'It belongs to another user, so neither Compose nor docker-dev.sh can use it.',
    remedy: `sudo chown "$USER" ${place(subject, '.env')}`,
  };
}
