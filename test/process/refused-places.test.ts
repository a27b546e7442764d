/** Directories that cannot be, or hardly: one sentence that says why, exit 3, and never a hang. */
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { canMount } from './mount.ts';
import { ENV, makeRoom, MAIN, POSIX, run } from './run.ts';

describe.runIf(POSIX)('on a system of Unix', () => {
  it.each([
    ['below a file', '/dev/null/app', 'The target /dev/null/app cannot be made, since null is a file.'],
    ['two below a file', '/etc/passwd/a/app', 'The target /etc/passwd/a/app cannot be made, since passwd is a file.'],
    ['too long a name', `/tmp/${'a'.repeat(300)}`, 'the path is too long for this system'],
    ['in a circle of links', 'circle/app', 'symbolic links on the way lead in a circle'],
  ])('%s', async (_, directory, sentence) => {
    const room = makeRoom();
    symlinkSync('circle', join(room, 'circle'));
    const { code, stderr } = await run([directory, '--name', 'app', '--no-git'], room);
    expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining(sentence) });
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('a working directory that is gone', async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'gone'));
    const { exitCode, stderr } = await execa('sh', ['-c', 'cd gone && rmdir ../gone && "$0" "$1" app --no-git', process.execPath, MAIN], { cwd: room, env: ENV, reject: false, stdin: 'ignore' });
    expect({ exitCode, stderr }).toEqual({ exitCode: 3, stderr: expect.stringContaining('a folder on the way has vanished') });
  });
});

// mkdir answers ENOENT there, and `mkdirSync` with `recursive` then tries for ever.
it.runIf(process.platform === 'linux')('/proc, where nothing can be made', async () => {
  const { code, stderr } = await run(['/proc/a/app', '--no-git'], makeRoom());
  expect({ code, stderr }).toEqual({ code: 3, stderr: expect.stringContaining('this system does not take such a path') });
});

// As in a container whose working directory is a volume.
it.runIf(canMount())('a mount point is no such place', async () => {
  const room = makeRoom();
  mkdirSync(join(room, 'app'));
  const script = 'mount -t tmpfs none app && "$0" "$1" app --no-git >&2 && ls -A app';
  const { exitCode, stdout } = await execa('unshare', ['--map-root-user', '--mount', 'sh', '-c', script, process.execPath, MAIN], { cwd: room, env: ENV, reject: false, stdin: 'ignore' });
  expect(exitCode).toBe(0);
  expect(stdout.split('\n')).toContain('docker-compose.yml');
  expect(stdout).not.toContain('.devstack-');
});

it('one that two runs want at once: one makes the project, the other leaves it alone', async () => {
  const room = makeRoom();
  const both = await Promise.all([run(['app', '--no-git'], room), run(['app', '--no-git'], room)]);
  expect(both.map(({ code }) => code).toSorted()).toEqual([0, 3]);
  expect(readdirSync(room)).toEqual(['app']);
});
