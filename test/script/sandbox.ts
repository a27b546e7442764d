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
printf '%s\\n' "$*" >>"$here/calls"
answer() { if [[ -f $here/answers/$1 ]]; then cat "$here/answers/$1"; else printf "$2"; fi; }
case "$*" in
  'compose version'*) answer compose-version '2.40.3\\n' ;;
  version*) answer version '28.5.2\\n' ;;
  'compose config') answer config '' ;;
  'ps -a '*working_dir*) ;;
  'ps -a '*) answer states '' ;;
  'ps --filter publish='*) answer publisher '' ;;
  'ps -aq '*) echo 4711 ;;
  'logs '*) answer logs '' ;;
  'volume inspect '*) [[ -f $here/answers/volume ]] ;;
  'compose exec '* | 'compose run '*) [[ ! -t 0 ]] && cat >"$here/stdin"; exit "$(answer exit-code 0)" ;;
  'compose ps '*) echo 4711 ;;
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
  return { PATH: `${fake}:${process.env['PATH']}`, LANG: 'C.UTF-8' };
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
  const service = (name: string, port: number, target: number) =>
    `  ${name}:\n    image: ${name}\n    ports:\n      - mode: ingress\n        host_ip: 127.0.0.1\n        target: ${target}\n        published: "${port}"\n        protocol: tcp\n    restart: always\n`;
  return `name: app\nservices:\n${service('db', ports.db, 5432)}${service('proxy', ports.proxy, 80)}volumes:\n  postgres_data:\n    name: app-postgres-data\n`;
}
