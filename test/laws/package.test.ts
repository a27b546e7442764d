/** Law 5: the packed tarball carries every template, and makes the same project as the checkout. */
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { beforeAll, expect, it } from 'vitest';
import { makeRoom, run } from '../process/run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const room = makeRoom();
let tarball = '';
let packed = { files: [] as { path: string }[] };

beforeAll(async () => {
  // --ignore-scripts: dist/ is built already, and other tests run it meanwhile.
  const { stdout } = await execa('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', room], { cwd: ROOT });
  packed = (JSON.parse(stdout) as (typeof packed)[])[0] ?? packed;
  tarball = join(room, readdirSync(room).find((name) => name.endsWith('.tgz')) ?? '');
});

it('npm exec of the tarball makes the same bytes and modes as the checkout', async () => {
  const elsewhere = makeRoom();
  const npm = ['exec', '--yes', '--offline', `--package=${tarball}`, '--', 'create-devstack', 'app', '--celery', '--yes', '--no-git'];
  await execa('npm', npm, { cwd: elsewhere, stdin: 'ignore', env: { npm_config_cache: join(room, 'cache') } });
  await run(['app', '--celery', '--yes', '--no-git'], room);
  const [there, here] = [read(join(elsewhere, 'app')), read(join(room, 'app'))];
  expect([...there.keys()]).toEqual([...here.keys()]);
  for (const [path, file] of there) if (path !== '.env') expect(file, path).toEqual(here.get(path));
});

it('flags that npm keeps for itself are taken where that is certain, and else told', async () => {
  const elsewhere = makeRoom();
  const exec = async (...flags: string[]) =>
    execa('npm', ['exec', '--yes', '--offline', `--package=${tarball}`, 'create-devstack', 'app', ...flags], {
      cwd: elsewhere,
      stdin: 'ignore',
      reject: false,
      env: { npm_config_cache: join(room, 'cache') },
    });
  const torn = await exec('--celery', '--proxy-port', '8080');
  expect(torn.exitCode).toBe(2);
  expect(torn.stderr).toContain('npm create devstack@latest -- app --celery --proxy-port 8080');
  expect(readdirSync(elsewhere)).toEqual([]);
  const taken = await exec('--celery', '--no-git', '--images=current');
  expect(taken.exitCode).toBe(0);
  expect(taken.stdout).toContain('npm kept --celery --images current --no-git for itself');
  expect(JSON.parse(readFileSync(join(elsewhere, 'app/.devstack/answers.json'), 'utf8'))).toMatchObject({ celery: true, images: 'current' });
});

it('has no run-time dependency and nothing but the bundle', () => {
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  expect(manifest['dependencies']).toBeUndefined();
  const others = packed.files.map(({ path }) => path).filter((path) => !path.startsWith('dist/'));
  expect(others.toSorted()).toEqual(['LICENSE', 'README.md', 'package.json']);
});

/** Path to mode and content of every file below a folder. */
function read(folder: string): ReadonlyMap<string, string> {
  rmSync(join(folder, '.git'), { recursive: true, force: true });
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  return new Map(
    paths.filter((path) => statSync(join(folder, path)).isFile()).map((path) => [path, `${statSync(join(folder, path)).mode.toString(8)} ${readFileSync(join(folder, path), 'base64')}`]),
  );
}
