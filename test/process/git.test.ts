/** The repository that is made of a new project. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ENV, makeRoom, run } from './run.ts';

describe('git', () => {
  const identity = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };

  it('makes a repository whose first commit has everything but .env', async () => {
    const room = makeRoom();
    const { code, stdout } = await run(['app'], room, { env: { ...ENV, ...identity } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('A git repository with a first commit was made.') });
    const git = async (...args: string[]) => (await execa('git', args, { cwd: join(room, 'app') })).stdout;
    expect(await git('status', '--porcelain')).toBe('');
    expect((await git('ls-files')).split('\n')).not.toContain('.env');
    expect((await git('ls-files', '--stage', 'docker-dev.sh')).slice(0, 6)).toBe('100755');
    const folders = ['backend/logs', 'backend/media', 'backend/staticfiles'];
    expect((await git('ls-files')).split('\n').filter((path) => folders.some((folder) => path.startsWith(folder)))).toHaveLength(3);
  });

  it('knows which files can be run where the file system does not tell git', async () => {
    const room = makeRoom();
    const blind = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.fileMode', GIT_CONFIG_VALUE_0: 'false' };
    await run(['app'], room, { env: { ...ENV, ...identity, ...blind } });
    const { stdout } = await execa('git', ['ls-tree', '-r', 'HEAD'], { cwd: join(room, 'app') });
    const scripts = stdout.split('\n').filter((line) => line.startsWith('100755')).map((line) => line.split('\t')[1]);
    expect(scripts).toContain('docker-dev.sh');
    expect(scripts).toContain('docker/healthcheck.sh');
    expect(scripts).not.toContain('docker-compose.yml');
  });

  it('without a name for the commit the repository is there all the same', async () => {
    const room = makeRoom();
    const nobody = { HOME: room, XDG_CONFIG_HOME: room, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'user.useConfigOnly', GIT_CONFIG_VALUE_0: 'true' };
    const { code, stdout } = await run(['app'], room, { env: { ...ENV, ...nobody } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('git does not know your name') });
    expect(readdirSync(join(room, 'app'))).toContain('.git');
  });

  it('inside a repository no other is made', async () => {
    const room = makeRoom();
    await execa('git', ['init', '--quiet'], { cwd: room });
    const { code, stdout } = await run(['app'], room);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('inside a git repository already') });
    expect(readdirSync(join(room, 'app'))).not.toContain('.git');
  });

  it('is not needed', async () => {
    const room = makeRoom();
    const { code, stdout } = await run(['app'], room, { env: { ...ENV, PATH: room } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('git is not installed') });
  });
});
