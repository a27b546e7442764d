/** `--start`: the project started at the end. */
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ENV, makeRoom, POSIX, run } from './run.ts';

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
});
