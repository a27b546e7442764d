/** docker-dev.sh on a machine that lacks something: each command says what, and how to get it. */
import { execa } from 'execa';
import { existsSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answer, environment, fake, project, run, states } from './sandbox.ts';

/** Every command but help once, with as few arguments as it takes. */
const COMMANDS = `for name in $(./docker-dev.sh help | awk '/^  [a-z]/ { print $1 }'); do
  [[ $name != help ]] || continue
  case $name in restore) set -- x.tar ;; import) set -- x.sql ;; snapshot) set -- list ;; pg-upgrade) set -- 18 ;; generate) set -- app x ;; worktree) set -- list ;; prod) set -- status ;; run) set -- db true ;; superuser) set -- --noinput ;; add | remove | upgrade) set -- backend x ;; completion | self-test) continue ;; *) set -- ;; esac
  echo "== $name"; ./docker-dev.sh "$name" "$@" </dev/null; echo "exit $?"
done`;

describe('what the machine lacks', () => {
  it('no docker is exit 4', async () => {
    rmSync(join(fake, 'docker'));
    for (const tool of ['bash', 'env', 'dirname', 'readlink', 'awk', 'id', 'rm', 'mktemp', 'sort', 'cut']) {
      symlinkSync((await execa('which', [tool])).stdout, join(fake, tool));
    }
    const { exitCode, stderr } = await run(['start'], { PATH: fake });
    expect(stderr).toContain('Docker is not installed');
    expect(exitCode).toBe(4);
  });

  it('no docker is what every command says', async () => {
    rmSync(join(fake, 'docker'));
    for (const tool of ['bash', 'env', 'dirname', 'readlink', 'awk', 'id', 'rm', 'mktemp', 'sort', 'cut', 'sed', 'tr', 'grep']) {
      symlinkSync((await execa('which', [tool])).stdout, join(fake, tool));
    }
    for (const name of ['x.tar', 'x.sql']) writeFileSync(join(project, name), '');
    const all = await execa('bash', ['-c', COMMANDS], { cwd: project, env: { ...environment(), PATH: fake }, stdin: 'ignore', all: true });
    for (const block of all.all.split('== ').slice(1)) expect(block).toMatch(/^\S+\n✗ Docker is not installed[^]*\nexit 4$/m);
  }, 60_000);

  it('a daemon that does not answer is what a command in a container says', async () => {
    answer('exit-code', '1');
    answer('fail', 'version --format {{.Server.Version}}');
    const { exitCode, stderr } = await run(['manage', 'check']);
    expect(stderr).toContain('The Docker daemon does not answer');
    expect(exitCode).toBe(1);
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
