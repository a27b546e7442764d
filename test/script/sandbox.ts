/** A folder for each test with docker-dev.sh in it, and a docker that only writes down what it was asked. */
import { execa } from 'execa';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

const TEMPLATES = new URL('../../templates/compose/', import.meta.url).pathname;

export const ENV_EXAMPLE = `# The user's ids.
APP_UID=4242
APP_GID=4242
# A comment ends in =
POSTGRES_PASSWORD=
REDIS_PASSWORD=
POSTGRES_USER=postgres
POSTGRES_DB=backend_db
# PROXY_PORT=
`;

/** Answers as a healthy Docker would; a file beside it named after a subcommand answers in its stead. */
const FAKE_DOCKER = `#!/bin/bash
here=$(dirname "$0")
args="$*"
printf '%s\\n' "\${args//$'\\n'/ }" >>"$here/calls"
if [[ -f $here/answers/fail && \${args//$'\\n'/ } == "$(cat "$here/answers/fail")" ]]; then
  echo 'the stub fails' >&2
  exit 1
fi
if [[ -f $here/answers/fail-at && "$*" == *"$(cat "$here/answers/fail-at")"* ]]; then
  if [[ -f $here/answers/fail-words ]]; then cat "$here/answers/fail-words" >&2; else echo 'the stub fails' >&2; fi
  exit 1
fi
if [[ -f $here/answers/hang-at && "$*" == *"$(cat "$here/answers/hang-at")"* ]]; then sleep 1; fi
answer() { if [[ -f $here/answers/$1 ]]; then cat "$here/answers/$1"; else printf "$2"; fi; }
case "$*" in
  'compose version'*) answer compose-version '2.40.3\\n' ;;
  version*) answer version '28.5.2\\n' ;;
  'compose config' | 'compose --profile * config')
    if [[ -f $here/answers/config-after ]] && grep -q '^[A-Z]*_PORT=' .env && ! grep -q '^# ' .env; then answer config-after; else answer config ''; fi ;;
  *'pg_dump '*) printf 'PGDMP' ;;
  *'pg_restore '* | *' tar -C .restored'*) cat >/dev/null ;;
  *'postgres --version'*) answer postgres-version 'postgres (PostgreSQL) 15.18 (Debian)\\n' ;;
  *' tar -C /app/media '*' -cf -'*) tar -C "$here" -cf - answers ;;
  'inspect --format {{.State.Health.Status}}'*) answer db-health 'healthy\\n' ;;
  'inspect --format {{.Id}} {{.RestartCount}}'*) answer restarts '' ;;
  'info --format {{.SystemTime}}')
    if [[ -f $here/answers/time-first ]]; then cat "$here/answers/time-first"; rm "$here/answers/time-first"; else answer time '2026-11-24T10:00:00.5Z\\n'; fi ;;
  'inspect --format {{.State.StartedAt}} {{.State.FinishedAt}}'*) answer times '2026-01-01T00:00:01Z 0001-01-01T00:00:00Z 0\\n' ;;
  'inspect --format {{.State.OOMKilled}}'*) answer killed 'false 1\\n' ;;
  'inspect --format {{range .State.Health.Log}}'*) [[ ! "$*" == *' d1' || -f $here/asked ]] || { touch "$here/asked"; answer health-log-once ''; } ;;
  'inspect --format {{.State.StartedAt}}'*) answer started '2026-01-01T00:00:01Z\\n' ;;
  'events --since 10m'*) answer events '' ;;
  'events '*) answer timeline ''; sleep 5 ;;
  'ps -a '*working_dir*) answer folder '' ;;
  'ps -a '*) if [[ -f $here/up-done && -f $here/answers/states-after ]]; then answer states-after ''; else answer states ''; fi ;;
  'compose --progress plain up'*) sleep "$(answer up-seconds 0)"; touch "$here/up-done" ;;
  'ps --filter publish='*) answer publisher '' ;;
  'ps -aq '*) echo 4711 ;;
  'logs '*--until*) answer logs-until '' ;;
  'logs '*) answer logs '' ;;
  'compose logs '*) answer service-logs '' ;;
  'info --format {{.MemTotal}}') answer memory '4000000000\\n' ;;
  'info --format {{.DockerRootDir}}') answer docker-root '/nowhere\\n' ;;
  'run --rm '*' nginx '*' -v') answer nginx-version 'nginx version: nginx/1.27.5\\n' ;;
  'run --rm '*' id '*) answer postgres-user '999\\n' ;;
  'run --rm '*' df '*) answer free 'Filesystem 1024-blocks Used Available\\noverlay 1 1 9000000 1%% /\\n' ;;
  'volume inspect '*'-note') if [[ -f $here/answers/note ]]; then answer note; else exit 1; fi ;;
  'volume inspect '*) if [[ -f $here/answers/volume ]]; then answer volume; else exit 1; fi ;;
  'compose --progress plain build'*) answer build '' ;;
  'compose exec '* | 'compose run '*) [[ ! -t 0 ]] && cat >"$here/stdin"; exit "$(answer exit-code 0)" ;;
  'compose ps '*) answer running '4711\\n' ;;
esac
`;

/** The folder of one test, with the fake docker in `fake` and docker-dev.sh in `project`. */
export let root: string;
export let fake: string;
export let project: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'docker-dev-'));
  fake = join(root, 'bin');
  project = join(root, 'project');
  for (const layer of ['base', 'celery']) {
    cpSync(join(TEMPLATES, layer, 'docker/dev'), join(project, 'docker/dev'), { recursive: true });
  }
  cpSync(join(TEMPLATES, 'base/docker-dev.sh'), join(project, 'docker-dev.sh'));
  chmodSync(join(project, 'docker-dev.sh'), 0o755);
  writeFileSync(join(project, '.env.example'), ENV_EXAMPLE);
  mkdirSync(join(fake, 'answers'), { recursive: true });
  writeFileSync(join(fake, 'docker'), FAKE_DOCKER, { mode: 0o755 });
  answer('config', compose({ proxy: 18_999, db: 18_998 }));
});

afterEach(() => rmSync(root, { recursive: true }));

export function run(line: readonly string[], extra: Record<string, string> = {}) {
  return execa('./docker-dev.sh', line, { cwd: project, env: { ...environment(), ...extra }, stdin: 'ignore', reject: false });
}

export function environment() {
  return { PATH: `${fake}:${process.env['PATH']}`, LANG: 'C.UTF-8', LOOK_EVERY: '0.05' };
}

export function answer(question: string, text: string): void {
  writeFileSync(join(fake, 'answers', question), text);
}

export function calls(): readonly string[] {
  const path = join(fake, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

export function states(state: string, status = 'Up 2 seconds (healthy)'): string {
  return ['db', 'proxy'].map((service) => `${service}\t${state === 'healthy' ? 'running' : state}\t${status}\n`).join('');
}

/** What `docker compose config` prints for two services with these host ports. */
export function compose(ports: { readonly proxy: number; readonly db: number }): string {
  return model({ db: { port: [ports.db, 5432] }, proxy: { port: [ports.proxy, 80] } });
}

export interface ModelService {
  readonly needs?: readonly string[];
  readonly image?: string;
  readonly builds?: boolean;
  /** On the host, and in the container. */
  readonly port?: readonly [number, number];
}

/** What `docker compose config` prints for these services, in the order of their names, as it does. */
export function model(services: Readonly<Record<string, ModelService>>): string {
  const names = Object.keys(services).toSorted();
  return `name: app\nservices:\n${names.map((name) => service(name, services[name]!)).join('')}volumes:\n  postgres_data:\n    name: app-postgres-data\n`;
}

function service(name: string, { needs = [], image = name, builds = false, port }: ModelService): string {
  const lines = [
    `  ${name}:`,
    ...(builds ? ['    build:', `      context: /${name}`] : []),
    ...(needs.length > 0 ? ['    depends_on:'] : []),
    ...needs.flatMap((other) => [`      ${other}:`, '        condition: service_healthy', '        required: true']),
    `    image: ${image}`,
    ...(port ? ['    ports:', '      - mode: ingress', '        host_ip: 127.0.0.1', `        target: ${port[1]}`, `        published: "${port[0]}"`, '        protocol: tcp'] : []),
    '    restart: always',
  ];
  return `${lines.join('\n')}\n`;
}

/** A stack as the architecture has it, with a fifth and a sixth service that no file of the script knows. */
export const STACK = model({
  db: {},
  redis: {},
  backend: { needs: ['db', 'redis'], image: 'app-backend-dev', builds: true },
  mailer: { needs: ['backend'] },
  frontend: { needs: ['backend'], image: 'app-frontend-dev', builds: true },
  runner: { needs: ['db'], image: 'app-backend-dev' },
  proxy: { needs: ['backend', 'frontend'] },
});
