/** `npm create devstack` and its like, as people type them, from a registry on the loopback that has the packed checkout. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack, MANIFEST, ROOT } from './packed.ts';
import { startRegistry, type Registry } from './registry.ts';
import { ENV, makeRoom } from './run.ts';

const MODULES = join(ROOT, 'node_modules');
/** The package `bun` takes its program from here in a script of its own, which npm need not run. */
const BUN = join(MODULES, '@oven', `bun-${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch === 'arm64' ? 'aarch64' : 'x64'}`, 'bin', 'bun');

/** What people type in front of their own words. */
const MANAGERS: Readonly<Record<string, readonly string[]>> = {
  npm: ['npm', 'create', 'devstack@latest'],
  pnpm: [process.execPath, join(MODULES, 'pnpm/bin/pnpm.cjs'), 'create', 'devstack@latest'],
  'yarn 1': [process.execPath, join(MODULES, 'yarn/bin/yarn.js'), 'create', 'devstack'],
  'yarn 4': [process.execPath, join(MODULES, '@yarnpkg/cli-dist/bin/yarn.js'), 'create', 'devstack'],
  bun: [BUN, 'create', 'devstack@latest'],
};

const FLAGS = ['--celery', '--proxy-port', '8080', '--no-git'];

let registry: Registry;
beforeAll(async () => (registry = await startRegistry((await pack(makeRoom())).tarball, MANIFEST)));
afterAll(() => registry.close());

describe.each(Object.keys(MANAGERS))('%s', (manager) => {
  it('hands on what stands behind --', async () => {
    const { exitCode, stderr, answers } = await create(manager, '--', 'app', ...FLAGS);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(answers()).toMatchObject({ name: 'app', celery: true, proxyPort: 8080 });
  });

  it('ends with our exit code and sentence where the input is wrong, and writes nothing', async () => {
    const { exitCode, output, files } = await create(manager, '--', 'app', '--celry');
    expect(exitCode).not.toBe(0);
    if (manager !== 'bun' && manager !== 'yarn 1') expect(exitCode).toBe(2); // those two have codes of their own
    expect(output).toContain('Did you mean --celery?');
    expect(files()).toEqual([]);
  });
});

it.each(Object.keys(MANAGERS).filter((manager) => manager !== 'npm'))('%s hands on flags without --', async (manager) => {
  const { exitCode, answers } = await create(manager, 'app', ...FLAGS);
  expect(exitCode).toBe(0);
  expect(answers()).toMatchObject({ name: 'app', celery: true, proxyPort: 8080 });
});

describe('flags that npm keeps for itself', () => {
  it('are taken where that is certain, and said', async () => {
    const { exitCode, output, answers } = await create('npm', 'app', '--celery', '--no-git', '--images=current');
    expect(exitCode).toBe(0);
    expect(output).toContain('npm kept --celery --images current --no-git for itself');
    expect(answers()).toMatchObject({ celery: true, images: 'current' });
  });

  it.each([
    [['--dry-run'], '--dry-run'],
    [['--dry-run', '--json'], '--dry-run --json'],
  ])('%j: nothing is written', async (flags, taken) => {
    const home = makeRoom();
    await createFrom(home, 'npm', '--', 'app', '--no-git'); // npm installs nothing in a dry run, so it must have us already
    const { exitCode, output, files } = await createFrom(home, 'npm', 'app', ...flags);
    expect(exitCode).toBe(0);
    expect(output).toContain(`npm kept ${taken} for itself`);
    expect(files()).toEqual([]);
  });

  it.each([
    [['--celry'], '--celry', '--celery'],
    [['--no-gti'], '--no-gti', '--no-git'],
    [['--proxyport=8080'], '--proxyport', '--proxy-port'],
  ])('%j is misspelt, and refused', async (flags, typed, meant) => {
    const { exitCode, output, files } = await create('npm', 'app', ...flags);
    expect(exitCode).toBe(2);
    expect(output).toContain(`npm kept ${typed} for itself, and it is no flag of create-devstack. Did you mean ${meant}?`);
    expect(files()).toEqual([]);
  });

  it('a file of answers that npm tore off is told with the command to type', async () => {
    const { exitCode, output, files } = await create('npm', 'app', '--config', 'a.json');
    expect(exitCode).toBe(2);
    expect(output).toContain('npm create devstack@latest -- app --config a.json');
    expect(files()).toEqual([]);
  });

  it('are refused with the command to type where they are not', async () => {
    const { exitCode, output, files } = await create('npm', 'app', '--celery', '--proxy-port', '8080');
    expect(exitCode).toBe(2);
    expect(output).toContain('npm create devstack@latest -- app --celery --proxy-port 8080');
    expect(files()).toEqual([]);
  });
});

/** One command line in an empty folder, with a home of its own that knows the registry. */
function create(manager: string, ...words: readonly string[]) {
  return createFrom(makeRoom(), manager, ...words);
}

async function createFrom(home: string, manager: string, ...words: readonly string[]) {
  const cwd = join(makeRoom(), 'work');
  mkdirSync(cwd);
  const { address } = registry;
  writeFileSync(join(home, '.npmrc'), `registry=${address}/\n`);
  writeFileSync(join(home, '.yarnrc'), `registry "${address}"\n`);
  writeFileSync(join(home, '.yarnrc.yml'), `npmRegistryServer: "${address}"\nunsafeHttpWhitelist: ["127.0.0.1"]\nenableTelemetry: false\n`);
  const [program = '', ...args] = MANAGERS[manager] ?? [];
  // `npm test` leaves its own settings behind, which would win over the home's.
  const inherited = Object.fromEntries(Object.entries(ENV).filter(([name]) => !/^(npm|bun|pnpm|yarn)_|^(INIT_CWD|XDG_.*)$/i.test(name)));
  const env = { ...inherited, HOME: home, USERPROFILE: home, TMPDIR: home };
  const result = await execa(program, [...args, ...words], { cwd, env, extendEnv: false, stdin: 'ignore', reject: false, timeout: 60_000 });
  return {
    exitCode: result.exitCode,
    stderr: result.stderr,
    output: `${result.stdout}\n${result.stderr}`,
    files: () => readdirSync(cwd),
    answers: () => JSON.parse(readFileSync(join(cwd, 'app/.devstack/answers.json'), 'utf8')) as object,
  };
}
