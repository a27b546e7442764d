/** docker-dev.sh as its user meets it, all but `start`. */
import { execa } from 'execa';
import { chownSync, mkdirSync, readFileSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { answer, calls, environment, ENV_EXAMPLE, fake, project, root, run, states } from './sandbox.ts';

const ROOT = process.getuid!() === 0;

describe('help', () => {
  it('lists every function that is a command', async () => {
    const sources = readdirSync(join(project, 'docker/dev')).filter((name) => name.endsWith('.sh'));
    const names = sources.flatMap((name) =>
      [...readFileSync(join(project, 'docker/dev', name), 'utf8').matchAll(/^cmd_(\w+)\(\)/gm)].map((found) => found[1]!.replaceAll('_', '-')),
    );
    const { stdout } = await run([]);
    const listed = [...stdout.matchAll(/^ {2}([a-z0-9-]+)(?: \S.*?)? {2,}\S/gm)].map((found) => found[1]);
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

  it('tells of each command an example that begins with it, and its exit codes', async () => {
    const names = [...(await run([])).stdout.matchAll(/^ {2}([a-z0-9-]+) /gm)].map((found) => found[1]!);
    const script = names.map((name) => `./docker-dev.sh help ${name}; echo ==`).join('\n');
    const { stdout } = await execa('bash', ['-c', script], { cwd: project, env: environment() });
    for (const [i, text] of stdout.split('==\n').slice(0, names.length).entries()) {
      expect(text).toMatch(new RegExp(`Example: .*\\./docker-dev.sh ${names[i]}`));
      expect(text).toContain('Exit codes: ');
    }
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

});

describe('arguments', () => {
  it.each([
    ['stop db x --help', 2, 'stop does not know "--help"'],
    ['down now', 2, 'down does not take so many arguments: now'],
    ['backup a b', 2, 'does not take so many arguments: b'],
    ['restore', 2, 'restore needs more than that'],
    ['help start now', 2, 'so many arguments: now'],
    ['status --usage x', 2, 'status does not know "--usage"'],
  ])('%s is exit %i', async (line, code, text) => {
    const { exitCode, stderr } = await run(line.split(' '));
    expect(stderr).toContain(text);
    expect(exitCode).toBe(code);
  });
});

it.each([
  ['compose exec -T backend ruff check .', 'Not all is well: lint (see above).'],
  ['compose exec -T backend mypy .', 'Not all is well: typecheck (see above).'],
  ['compose exec -T backend pytest --cov', 'Not all is well: test (see above).'],
  ['compose exec -T backend python manage.py makemigrations --check --dry-run', 'Not all is well: migrations (see above).'],
])('check goes on behind "%s" that fails, and names it', async (call, text) => {
  answer('fail', call);
  const { exitCode, stdout, stderr } = await run(['check']);
  expect(stderr).toContain(text);
  expect(stdout).not.toContain('All is well.');
  expect(exitCode).toBe(1);
  expect(calls().filter((asked) => / (pytest|mypy|makemigrations|test) ?/.test(asked)).length).toBeGreaterThanOrEqual(4);
});

describe('logs --request', () => {
  it.each([
    ['4bf92f35', 0, 'backend  | id=4bf92f35 GET /'],
    ['00000000', 1, ''],
    ['; rm', 2, ''],
  ])('%j is exit %i', async (id, code, line) => {
    answer('service-logs', 'proxy  | id=1\nbackend  | id=4bf92f35 GET /\n');
    const { exitCode, stdout } = await run(['logs', '--request', id]);
    expect(stdout).toBe(line);
    expect(exitCode).toBe(code);
  });
});

it.each([
  ['GET|POST', 0, 'backend  | id=4bf92f35 GET /'],
  ['PUT', 1, ''],
  ['', 2, ''],
])('logs --match %j is exit %i', async (pattern, code, line) => {
  answer('service-logs', 'proxy  | id=1\nbackend  | id=4bf92f35 GET /\n');
  const { exitCode, stdout, stderr } = await run(['logs', '--match', pattern]);
  expect(stdout).toBe(line);
  if (code > 0) expect(stderr).toMatch(/✗/);
  expect(exitCode).toBe(code);
});

describe('a command in a container', () => {
  it.each([
    [['manage', 'shell', '-c', 'print("a b")', '--help'], 'compose exec -T backend python manage.py shell -c print("a b") --help'],
    [['migrate'], 'compose exec -T backend python manage.py migrate'],
    [['shell', 'frontend', 'npm', 'ls'], 'compose exec -T frontend npm ls'],
    [['test', 'backend', '-k', 'health'], 'compose exec -T backend pytest -k health'],
    [['test', 'frontend', 'src/a.test.ts'], 'compose run --rm --no-deps --entrypoint  --volume PROJECT/frontend:/app --env NODE_OPTIONS=--max-old-space-size=1024 -T frontend npm run --silent test -- src/a.test.ts'],
    [['redis-cli', '-n', '1', 'KEYS', '*'], 'compose exec -T redis redis-cli -n 1 KEYS *'],
    [['manage', 'dbshell', '--', '-c', 'select 1'], 'compose exec -T db sh -c exec psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" "$@" psql -c select 1'],
    [['makemigrations'], 'compose exec -T OWNER backend python manage.py makemigrations --noinput'],
    [['run', 'db', 'psql', '--help'], 'compose run --rm -T db psql --help'],
    [['npm', 'outdated', '--json'], 'compose run --rm --no-deps --entrypoint  --volume PROJECT/frontend:/app --env NODE_OPTIONS=--max-old-space-size=1024 -T OWNER-CAP frontend npm outdated --json'],
    [['pip', 'list'], 'compose exec -T backend pip list'],
    [['celery'], 'compose exec -T celery celery --app config.celery status'],
    [['celery', 'inspect', 'active'], 'compose exec -T celery celery --app config.celery inspect active'],
  ])('%j', async (line, call) => {
    expect((await run(line)).exitCode).toBe(0);
    expect(calls().filter((asked) => /^compose (exec|run) /.test(asked))).toEqual([
      call.replace('PROJECT', realpathSync(project)).replace(' OWNER-CAP', ROOT ? ' --user 0:0 --env HOME=/tmp --cap-add DAC_OVERRIDE' : '').replace(' OWNER', ROOT ? ' --user 0:0' : ''),
    ]);
  });

  it.each([
    [['manage', 'check'], 'compose run --rm -T backend python manage.py check'],
    [['migrate'], 'compose run --rm -T backend python manage.py migrate'],
    [['makemigrations', '--merge'], 'compose run --rm -T --no-deps OWNER backend python manage.py makemigrations --noinput --merge'],
    [['shell', 'backend', 'ls'], 'compose run --rm -T backend ls'],
    [['test', 'backend'], 'compose run --rm -T backend pytest --cov'],
    [['typecheck', 'backend'], 'compose run --rm -T --no-deps backend mypy .'],
  ])('%j, while the backend does not run, is done in a passing container', async (line, call) => {
    writeFileSync(join(project, '.env'), '');
    answer('running', '');
    expect((await run(line)).exitCode).toBe(0);
    expect(calls().findLast((asked) => asked.startsWith('compose run '))).toBe(call.replace(' OWNER', ROOT ? ' --user 0:0 --env HOME=/tmp --cap-add DAC_OVERRIDE' : ''));
  });

  it.runIf(ROOT)('root writes as the one whom the checkout belongs to, with no right that this one has not', async () => {
    answer('states', states('healthy'));
    chownSync(project, 1234, 1235);
    await run(['start']);
    expect(readFileSync(join(project, '.env'), 'utf8')).toMatch(/^APP_UID=1234\nAPP_GID=1235$/m);
    for (const line of [['format'], ['lock'], ['makemigrations']]) await run(line);
    const writing = calls().filter((call) => /^(compose )?(exec|run) .*(ruff|uv pip|makemigrations|npm)/.test(call));
    expect(writing).toHaveLength(6);
    for (const call of writing) expect(call).toMatch(/--user 1234:1235/);
    expect(writing.join()).not.toContain('DAC_OVERRIDE');
  });

  it.each([['migrate'], ['manage migrate']])('%s suspends healing of backend and database meanwhile, also when it fails', async (line) => {
    answer('exit-code', '1');
    expect((await run(line.split(' '))).exitCode).toBe(1);
    const notes = calls().filter((call) => call.includes('suspended')).map((call) => (call.includes('rm -f') ? 'resumed' : 'suspended'));
    expect(notes).toEqual(['suspended', 'suspended', 'resumed', 'resumed']);
  });

  it('what needs the running service says that it is not running', async () => {
    writeFileSync(join(project, '.env'), '');
    answer('running', '');
    answer('exit-code', '1');
    expect((await run(['psql'])).stderr).toContain('db is not running: ./docker-dev.sh start starts it.');
  });

  it('superuser hands in what Django documents, by name and not by value', async () => {
    expect((await run(['superuser', '--noinput'], { DJANGO_SUPERUSER_PASSWORD: 's3cret', DJANGO_SUPERUSER_EMAIL: 'a@example.org' })).exitCode).toBe(0);
    expect(calls().at(-1)).toBe(
      'compose exec -T -e DJANGO_SUPERUSER_EMAIL -e DJANGO_SUPERUSER_PASSWORD backend python manage.py createsuperuser --noinput',
    );
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

describe('commands/', () => {
  const own = (text: string, name = 'own') => {
    mkdirSync(join(project, 'commands'), { recursive: true });
    writeFileSync(join(project, `commands/${name}.sh`), text);
  };

  it('holds commands of the project, which help, completion and their arguments know', async () => {
    own('## seed [rows]: Fill the database\n##   With examples.\n##   Example: ./docker-dev.sh seed\ncmd_seed() { say "seeded ${1:-all}"; }\n');
    expect((await run(['seed', '3'])).stdout).toBe('seeded 3');
    expect((await run(['seed', '3', '4'])).exitCode).toBe(2);
    const { stdout } = await run(['help']);
    expect(stdout).toMatch(/^Of this project\n {2}seed \[rows\] +Fill the database$/m);
    expect(stdout).not.toContain('Your own commands go');
    expect((await run(['help', 'seed'])).stdout).toContain('With examples.');
    expect((await run(['completion', 'bash'])).stdout).toMatch(/words='.* seed /);
  });

  it('can take the place of one of ours, without a word of help, and stand in no file', async () => {
    own('cmd_down() { say "mine: $*"; }\n');
    own('', 'empty');
    expect((await run(['down', '-x'])).stdout).toBe('mine: -x');
    expect((await run(['help'])).stdout.match(/^ {2}down /gm)).toHaveLength(1);
    rmSync(join(project, 'commands'), { recursive: true });
    mkdirSync(join(project, 'commands'));
    expect((await run(['help'])).exitCode).toBe(0);
  });

  it('a mistake in one names its file', async () => {
    own('cmd_seed() {\n');
    expect((await run(['seed'])).stderr).toContain('commands/own.sh');
  });

  it('what a command takes back at its end is all taken back, and it is no success where a part of that fails', async () => {
    own('cmd_seed() { CLEANUPS+=(first second); say seeded; }\nfirst() { return 3; }\nsecond() { say second; }\n');
    expect(await run(['seed'])).toMatchObject({ stdout: 'seeded\nsecond', exitCode: 1 });
  });
});

it('superuser without a terminal asks nobody', async () => {
  const { exitCode, stderr } = await run(['superuser']);
  expect(stderr).toContain('--noinput');
  expect(exitCode).toBe(2);
  expect(calls()).toEqual([]);
});

describe('the data', () => {
  it.each([
    ['as it is', 'POSTGRES_PASSWORD=s3cret.x\n', {}],
    ['in quotes', `POSTGRES_PASSWORD='s3cret.x'\nREDIS_PASSWORD="other"\n`, {}],
    ['in the shell', 'POSTGRES_PASSWORD=older\n', { POSTGRES_PASSWORD: 's3cret.x' }],
  ])('config hides a secret that stands %s', async (_where, env, shell) => {
    writeFileSync(join(project, '.env'), env);
    answer('config', 'A: "s3cret.x"\nB: s3cretyx\nURL: redis://:s3cret.x@redis\n  MAIL_PASSWORD: elsewhere\n  EMPTY_TOKEN: ""\n');
    const { stdout } = await run(['config'], shell);
    expect(stdout).toBe('A: "********"\nB: s3cretyx\nURL: redis://:********@redis\n  MAIL_PASSWORD: ********\n  EMPTY_TOKEN: ""');
    expect((await run(['config', '--secrets'], shell)).stdout).toContain('s3cret.x');
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
