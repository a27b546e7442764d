/** `--start`: the project started at the end. */
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { startStack } from '../../src/io/start.ts';
import { canMount } from './mount.ts';
import { ENV, MAIN, makeRoom, POSIX, run } from './run.ts';

describe('--start', () => {
  // The project's own script is what is run; here one tool that it needs is not there, which it says by exit code 4.
  it.runIf(POSIX)("runs the project's script, and ends as it ends", async () => {
    const room = makeRoom();
    const bin = join(room, 'bin');
    mkdirSync(bin);
    for (const tool of ['bash', 'env', 'dirname', 'readlink', 'awk', 'sed', 'cat', 'tr', 'id', 'mktemp', 'rm', 'tput', 'uname', 'sleep', 'grep', 'head', 'sort', 'cut']) {
      const { stdout } = await execa('sh', ['-c', `command -v ${tool} || true`]);
      if (stdout !== '') symlinkSync(stdout, join(bin, tool));
    }
    const { code, stdout, stderr } = await run(['app', '--no-git', '--start', '--json'], room, { env: { ...ENV, PATH: bin } });
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'created', start: 4, exitCode: 4 });
    expect(stderr).toMatch(/docker/i);
    expect(readdirSync(join(room, 'app'))).toContain('docker-compose.yml');
  });

  it.runIf(canMount())('a script that may not be run is told as that, with what to type instead', async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'noexec'));
    const script = 'mount -t tmpfs -o noexec none noexec && cd noexec && "$0" "$1" app --no-git --start --json';
    const { exitCode, stdout, stderr } = await execa('unshare', ['--map-root-user', '--mount', 'sh', '-c', script, process.execPath, MAIN], { cwd: room, env: ENV, reject: false, stdin: 'ignore' });
    expect(stderr).toContain('./docker-dev.sh may not be run there (EACCES)');
    expect(stderr).toContain('bash docker-dev.sh start');
    expect({ exitCode, outcome: JSON.parse(stdout) as unknown }).toMatchObject({ exitCode: 1, outcome: { outcome: 'created', start: 126, exitCode: 1 } });
  });

  it.runIf(POSIX)('one that is killed ends as a shell says it', async () => {
    const room = makeRoom();
    writeFileSync(join(room, 'docker-dev.sh'), '#!/bin/sh\nkill -KILL $$\n', { mode: 0o755 });
    expect(await startStack(room, 'stderr')).toEqual({ exitCode: 137 });
  });
});
