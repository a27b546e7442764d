/** A folder for each test with docker-dev.sh in it, and the docker of the project's own tests, which writes down what it is asked. */
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
  cpSync(join(TEMPLATES, 'base/docker/dev/test/docker'), join(fake, 'docker'));
  chmodSync(join(fake, 'docker'), 0o755);
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

/** What `docker inspect` tells of a container: how often it was restarted, its limits, and its ports "ADDRESS>HOST>CONTAINER/tcp". */
export function facts(id: string, restarts = 0, ports: readonly string[] = [], failures = 0): string {
  return `${[`${id}ffff`, restarts, 500_000_000, 268_435_456, failures, ...ports].join(' ')}\n`;
}

/** What `docker compose config` prints for two services with these host ports. */
export function compose(ports: { readonly proxy: number; readonly db: number }): string {
  return model({ db: { port: [ports.db, 5432] }, proxy: { port: [ports.proxy, 80] } });
}

export interface ModelService {
  readonly needs?: readonly string[];
  readonly image?: string;
  readonly builds?: boolean;
  readonly profile?: string;
  /** On the host, and in the container. */
  readonly port?: readonly [number, number];
}

/** What `docker compose config` prints for these services, in the order of their names, as it does. */
export function model(services: Readonly<Record<string, ModelService>>): string {
  const names = Object.keys(services).toSorted();
  return `name: app\nservices:\n${names.map((name) => service(name, services[name]!)).join('')}volumes:\n  postgres_data:\n    name: app-postgres-data\n`;
}

function service(name: string, { needs = [], image = name, builds = false, profile, port }: ModelService): string {
  const lines = [
    `  ${name}:`,
    ...(builds ? ['    build:', `      context: /${name}`] : []),
    ...(needs.length > 0 ? ['    depends_on:'] : []),
    ...needs.flatMap((other) => [`      ${other}:`, '        condition: service_healthy', '        required: true']),
    `    image: ${image}`,
    ...(port ? ['    ports:', '      - mode: ingress', '        host_ip: 127.0.0.1', `        target: ${port[1]}`, `        published: "${port[0]}"`, '        protocol: tcp'] : []),
    ...(profile ? ['    profiles:', `      - ${profile}`] : []),
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
