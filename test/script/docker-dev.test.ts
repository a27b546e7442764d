/** docker-dev.sh as its user meets it, with a docker that only writes down what it was asked. */
import { execa } from 'execa';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const TEMPLATES = new URL('../../templates/compose/', import.meta.url).pathname;

const ENV_EXAMPLE = `# The user's ids.
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

let root: string;
let fake: string;
let project: string;

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

describe('help', () => {
  it('lists every function that is a command', async () => {
    const sources = readdirSync(join(project, 'docker/dev')).filter((name) => name.endsWith('.sh'));
    const names = sources.flatMap((name) =>
      [...readFileSync(join(project, 'docker/dev', name), 'utf8').matchAll(/^cmd_(\w+)\(\)/gm)].map((found) => found[1]!.replaceAll('_', '-')),
    );
    const { stdout } = await run([]);
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+)(?: \S.*?)? {2,}\S/gm)].map((found) => found[1]);
    expect(names.length).toBeGreaterThan(25);
    expect(listed.toSorted()).toEqual(names.toSorted());
  });

  it.each([
    ['help redis-cli', 'Open Redis'],
    ['stop --help', 'Stop the containers'],
    ['-h', 'Usage:'],
  ])('%s', async (line, text) => {
    const { exitCode, stdout } = await run(line.split(' '));
    expect(stdout).toContain(text);
    expect(exitCode).toBe(0);
    expect(calls()).toEqual([]);
  });

  it('prints no colour where there is no terminal', async () => {
    expect((await run(['help'])).stdout).not.toContain('\u001b');
  });
});

describe('a command that does not exist', () => {
  it.each([
    ['statsu', 'status'],
    ['migrat', 'migrate'],
    ['rediscli', 'redis-cli'],
    ['celry', 'celery'],
  ])('%s suggests %s', async (typed, meant) => {
    const { exitCode, stderr } = await run([typed]);
    expect(stderr).toContain(`Did you mean: ./docker-dev.sh ${meant}`);
    expect(exitCode).toBe(2);
  });

  it.each(['frobnicate', '--nonsense', 'x;y', '../stop'])('%s suggests the list', async (typed) => {
    const { exitCode, stderr } = await run([typed]);
    expect(stderr).toContain('./docker-dev.sh help lists them all');
    expect(exitCode).toBe(2);
  });
});

describe('what the machine lacks', () => {
  it('no docker is exit 4', async () => {
    rmSync(join(fake, 'docker'));
    for (const tool of ['bash', 'env', 'dirname', 'readlink', 'awk', 'id', 'rm', 'mktemp']) {
      symlinkSync((await execa('which', [tool])).stdout, join(fake, tool));
    }
    const { exitCode, stderr } = await run(['start'], { PATH: fake });
    expect(stderr).toContain('Docker is not installed');
    expect(exitCode).toBe(4);
  });

  it.each([
    ['version', '24.0.9', 'Docker Engine 24.0.9 is too old'],
    ['compose-version', '2.23.3', 'Docker Compose 2.23.3 is too old'],
    ['compose-version', 'v1.29.2', 'is too old'],
  ])('%s %s is exit 4', async (what, version, text) => {
    answer(what, `${version}\n`);
    const { exitCode, stderr } = await run(['start']);
    expect(stderr).toContain(text);
    expect(exitCode).toBe(4);
    expect(existsSync(join(project, '.env'))).toBe(false);
  });

  it.each(['25.0', '28.5.2+dfsg4', '100.1'])('Engine %s is new enough', async (version) => {
    answer('version', `${version}\n`);
    answer('states', states('healthy'));
    expect((await run(['start'])).exitCode).toBe(0);
  });
});

describe('.env on a fresh clone', () => {
  beforeEach(() => answer('states', states('healthy')));

  it('gets a secret wherever the example has none, and the ids of the user', async () => {
    await run(['start']);
    const env = readFileSync(join(project, '.env'), 'utf8');
    const id = (own: number) => (process.getuid!() === 0 ? 1000 : own);
    expect(env.replaceAll(/[0-9a-f]{64}/g, 'SECRET')).toBe(
      ENV_EXAMPLE.replaceAll(/^(POSTGRES|REDIS)_PASSWORD=$/gm, '$1_PASSWORD=SECRET')
        .replace('APP_UID=4242', `APP_UID=${id(process.getuid!())}`)
        .replace('APP_GID=4242', `APP_GID=${id(process.getgid!())}`),
    );
    expect(new Set(env.match(/[0-9a-f]{64}/g)).size).toBe(2);
  });

  it('is readable by nobody else, whatever the umask', async () => {
    await execa('bash', ['-c', 'umask 000; exec ./docker-dev.sh start'], { cwd: project, env: environment() });
    expect(statSync(join(project, '.env')).mode & 0o777).toBe(0o600);
  });

  it('leaves no draft behind', async () => {
    await run(['start']);
    expect(readdirSync(project).filter((name) => name.startsWith('.env'))).toEqual(['.env', '.env.example']);
  });

  it('prints no secret', async () => {
    const { stdout, stderr } = await run(['start']);
    expect(stdout + stderr).not.toMatch(/[0-9a-f]{64}/);
  });

  it('is never touched once it exists', async () => {
    writeFileSync(join(project, '.env'), 'POSTGRES_PASSWORD=\nMINE=1\n');
    await run(['start']);
    expect(readFileSync(join(project, '.env'), 'utf8')).toBe('POSTGRES_PASSWORD=\nMINE=1\n');
  });

  it('warns of a database volume that has the old password', async () => {
    answer('volume', '');
    const { stderr } = await run(['start']);
    expect(stderr).toContain('The volume app-postgres-data exists already');
    expect(stderr).toContain('./docker-dev.sh db-password');
  });
});

describe('start', () => {
  it('ends with the addresses, port 80 left out', async () => {
    answer('states', states('healthy'));
    answer('config', compose({ proxy: 80, db: 18_998 }));
    answer('publisher', 'app-proxy\tapp\n'); // whatever has port 80 on this machine counts as our own
    const { exitCode, stdout } = await run(['start']);
    expect(stdout).toMatch(/Ready in \d+ seconds/);
    expect(stdout).toMatch(/Admin +http:\/\/localhost\/admin\/$/m);
    expect(stdout).toMatch(/PostgreSQL +postgresql:\/\/postgres@localhost:18998\/backend_db$/m);
    expect(exitCode).toBe(0);
    expect(calls()).toContain('compose --progress plain up --detach --build');
  });

  it('asks Compose three times in all', async () => {
    answer('states', states('healthy'));
    await run(['start']);
    expect(calls().filter((call) => call.startsWith('compose '))).toHaveLength(3);
  });

  it('names who has a port, and starts nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    answer('config', compose({ proxy: port, db: 18_998 }));
    const { exitCode, stderr } = await run(['start']);
    server.close();
    expect(stderr).toMatch(new RegExp(`Port ${port}, wanted by proxy, is taken by .+\\.`));
    expect(stderr).toMatch(/for example: PROXY_PORT=\d+/);
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => call.includes(' up '))).toEqual([]);
  });

  it.each([
    ['other\totherproject\n', 1, 'is taken by the container other.'],
    ['app-proxy\tapp\n', 0, ''],
  ])('a port published by %j: exit %i', async (publisher, code, text) => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    answer('config', compose({ proxy: (server.address() as AddressInfo).port, db: 18_998 }));
    answer('publisher', publisher);
    answer('states', states('healthy'));
    const { exitCode, stderr } = await run(['start']);
    server.close();
    expect(stderr).toContain(text);
    expect(exitCode).toBe(code);
  });

  it.each([
    ['FATAL:  password authentication failed for user "postgres"', './docker-dev.sh db-password'],
    ['Error: listen EADDRINUSE: address already in use', 'A host port is taken'],
    ['OSError: [Errno 28] No space left on device', 'The disk is full'],
    ["PermissionError: [Errno 13] Permission denied: '/app/logs/app.log'", 'APP_UID and APP_GID'],
    ['npm error code EAI_AGAIN', 'is there a network'],
    ['  File "/app/config/urls.py", line 3\nSyntaxError: invalid syntax', 'File "backend/config/urls.py", line 3'],
    ['exec ./entrypoint.sh: no such file or directory', 'Windows line ends'],
  ])('a crash that says %j', async (log, advice) => {
    answer('states', states('restarting', 'Restarting (1) 1 second ago'));
    answer('logs', `${log}\n`);
    const { exitCode, stderr } = await run(['start']);
    expect(stderr).toContain('db is not well');
    expect(stderr).toContain(`| ${log.split('\n')[0]}`);
    expect(stderr).toContain(advice);
    expect(exitCode).toBe(1);
  });

  it('does not wait for the timeout when the code does not load', async () => {
    answer('states', states('running', 'Up 1 second (health: starting)'));
    answer('logs', 'Traceback\nModuleNotFoundError: No module named "nope"\n');
    const { exitCode, stderr } = await run(['start'], { START_TIMEOUT: '15' });
    expect(stderr).toContain('code does not load');
    expect(stderr).not.toContain('Not ready within');
    expect(exitCode).toBe(1);
  });

  it('gives up after START_TIMEOUT', async () => {
    answer('states', states('running', 'Up 1 second (health: starting)'));
    const { exitCode, stderr } = await run(['start'], { START_TIMEOUT: '1' });
    expect(stderr).toContain('Not ready within 1 seconds');
    expect(exitCode).toBe(1);
  });
});

describe('a command in a container', () => {
  it.each([
    [['manage', 'shell', '-c', 'print("a b")', '--help'], 'compose exec -T backend python manage.py shell -c print("a b") --help'],
    [['migrate'], 'compose exec -T backend python manage.py migrate'],
    [['shell', 'frontend', 'npm', 'ls'], 'compose exec -T frontend npm ls'],
    [['test', 'backend', '-k', 'health'], 'compose exec -T backend pytest -k health'],
    [['test', 'frontend', 'src/a.test.ts'], 'compose run --rm --no-deps --entrypoint  --volume PROJECT/frontend:/app -T frontend npm run --silent test -- src/a.test.ts'],
    [['redis-cli', '-n', '1', 'KEYS', '*'], 'compose exec -T redis redis-cli -n 1 KEYS *'],
    [['celery'], 'compose exec -T celery celery --app config.celery status'],
    [['celery', 'inspect', 'active'], 'compose exec -T celery celery --app config.celery inspect active'],
  ])('%j', async (line, call) => {
    expect((await run(line)).exitCode).toBe(0);
    expect(calls()).toEqual([call.replace('PROJECT', realpathSync(project))]);
  });

  it("ends with the tool's own exit code", async () => {
    answer('exit-code', '17');
    expect((await run(['manage', 'check'])).exitCode).toBe(17);
  });

  it('reads what is piped in', async () => {
    await execa('./docker-dev.sh', ['psql'], { cwd: project, env: environment(), input: 'select 1' });
    expect(readFileSync(join(fake, 'stdin'), 'utf8')).toBe('select 1');
  });

  it('runs both test suites though the first fails', async () => {
    answer('exit-code', '1');
    expect((await run(['test'])).exitCode).toBe(1);
    expect(calls().filter((call) => / (exec|run) /.test(call))).toHaveLength(2);
  });

  it('test refuses a part that does not exist', async () => {
    expect((await run(['test', 'backedn'])).exitCode).toBe(2);
    expect(calls()).toEqual([]);
  });
});

describe('the data', () => {
  it.each(['', 'wrong\n'])('reset does nothing when %j is typed', async (input) => {
    const { exitCode } = await execa('./docker-dev.sh', ['reset'], { cwd: project, env: environment(), input, reject: false });
    expect(exitCode).toBe(1);
    expect(calls().filter((call) => /\b(down|rm|exec)\b/.test(call))).toEqual([]);
  });

  it('restore refuses a folder that is no backup', async () => {
    expect((await run(['restore', 'nothing'])).exitCode).toBe(2);
  });

  it('config hides secrets', async () => {
    writeFileSync(join(project, '.env'), 'POSTGRES_PASSWORD=s3cret.x\n');
    answer('config', 'A: s3cret.x\nB: s3cretyx\n');
    expect((await run(['config'])).stdout).toBe('A: ********\nB: s3cretyx');
    expect((await run(['config', '--secrets'])).stdout).toContain('s3cret.x');
  });
});

it('works from any folder and through a link', async () => {
  symlinkSync('project/docker-dev.sh', join(root, 'dev'));
  mkdirSync(join(root, 'bin2'));
  symlinkSync('../dev', join(root, 'bin2/dev'));
  writeFileSync(join(project, '.env'), 'POSTGRES_USER=me\nPOSTGRES_DB=x\n');
  const { stdout } = await execa(join(root, 'bin2/dev'), ['urls'], { cwd: '/', env: environment() });
  expect(stdout).toContain('postgresql://me@localhost:18998/x');
});

it('uses nothing that Bash 3.2 lacks', () => {
  const lacking = /declare -[Ag]|local -[An]|\b(mapfile|readarray|coproc)\b|\$\{\w+(,|\^|@[A-Z])|\|&|&>>|;;?&|wait -n|EPOCH(REAL|SEC)|read -t 0?\.|printf '%\(|-v \w+\[|\[\[ -v/;
  const sources = readdirSync(project, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.sh'));
  const found = sources.flatMap((name) =>
    readFileSync(join(project, name), 'utf8').split('\n').filter((line) => !line.trim().startsWith('#') && lacking.test(line)),
  );
  expect(sources.length).toBeGreaterThan(10);
  expect(found).toEqual([]);
});

function run(line: readonly string[], extra: Record<string, string> = {}) {
  return execa('./docker-dev.sh', line, { cwd: project, env: { ...environment(), ...extra }, stdin: 'ignore', reject: false });
}

function environment() {
  return { PATH: `${fake}:${process.env['PATH']}`, LANG: 'C.UTF-8' };
}

function answer(question: string, text: string): void {
  writeFileSync(join(fake, 'answers', question), text);
}

function calls(): readonly string[] {
  const path = join(fake, 'calls');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
}

function states(state: string, status = 'Up 2 seconds (healthy)'): string {
  return ['db', 'proxy'].map((service) => `${service}\t${state === 'healthy' ? 'running' : state}\t${status}\n`).join('');
}

/** What `docker compose config` prints for two services with these host ports. */
function compose(ports: { readonly proxy: number; readonly db: number }): string {
  const service = (name: string, port: number, target: number) =>
    `  ${name}:\n    image: ${name}\n    ports:\n      - mode: ingress\n        host_ip: 127.0.0.1\n        target: ${target}\n        published: "${port}"\n        protocol: tcp\n    restart: always\n`;
  return `name: app\nservices:\n${service('db', ports.db, 5432)}${service('proxy', ports.proxy, 80)}volumes:\n  postgres_data:\n    name: app-postgres-data\n`;
}
