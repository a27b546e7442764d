/** Docker is installed, its daemon answers, and is new enough. */
import type { Finding } from '../finding.ts';
import type { Check } from '../subject.ts';
import { isOlder } from '../version.ts';
import { lastLine } from '../wording.ts';

/** start_interval, by which the health checks run every second while a container starts. */
const MINIMUM = '25.0';

export const checkEngine: Check = async ({ engine, system }) => {
  const found = await engine();
  if (found.state === 'missing') return [MISSING];
  if (found.state === 'slow') return [slow(system.platform)];
  if (found.state === 'silent') return [/permission denied/i.test(found.words) ? denied(found.words) : silent(found.words, system.platform)];
  return isOlder(found.version, MINIMUM) ? [tooOld(found.version)] : [];
};

const MISSING: Finding = {
  id: 'docker-missing',
  severity: 'problem',
  title: 'Docker is not installed: there is no "docker" on the PATH.',
  cause: 'The stack runs in containers; without Docker the project can be written and read, but not started.',
  remedy: 'Install Docker Desktop, or Docker Engine 25 or newer with its Compose plugin: https://docs.docker.com/engine/install/',
};

function denied(words: string): Finding {
  return {
    id: 'daemon-denied',
    severity: 'problem',
    title: 'You may not talk to the Docker daemon.',
    cause: `Its socket belongs to another user and group. Docker says: ${lastLine(words)}`,
    remedy: 'sudo usermod -aG docker "$USER", then log out and in again',
  };
}

function silent(words: string, platform: NodeJS.Platform): Finding {
  return {
    id: 'daemon-unreachable',
    severity: 'problem',
    title: 'The Docker daemon does not answer.',
    cause: `It is not running, or DOCKER_HOST or the Docker context names another one. Docker says: ${lastLine(words)}`,
    remedy: starting(platform),
  };
}

function slow(platform: NodeJS.Platform): Finding {
  return {
    id: 'daemon-slow',
    severity: 'problem',
    title: 'The Docker daemon gave no answer within 5 seconds.',
    cause: 'It is still starting, hangs, or is on a machine that cannot be reached.',
    remedy: `Try again in a minute. If that does not help, restart it: ${starting(platform).replace(' start ', ' restart ')}`,
  };
}

function starting(platform: NodeJS.Platform): string {
  if (platform === 'darwin') return 'open -a Docker';
  if (platform === 'win32') return 'Start Docker Desktop from the Start menu';
  return 'sudo systemctl start docker (or start Docker Desktop, where that is what you use)';
}

function tooOld(version: string): Finding {
  return {
    id: 'engine-old',
    severity: 'problem',
    title: `Docker Engine ${version} is too old: ${MINIMUM} or newer is needed.`,
    cause: 'Older ones do not know start_interval, which docker-compose.yml uses to be healthy within seconds, and refuse the file.',
    remedy: 'Update Docker Desktop, or Docker Engine: https://docs.docker.com/engine/install/',
  };
}
