/** The repository that is made of a new project. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ENV, makeRoom, run } from './run.ts';

const identity = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@example.com' };

describe('git', () => {
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

  it('one whose owner git doubts is left alone, with the advice that git gives', async () => {
    const room = makeRoom();
    await execa('git', ['init', '--quiet'], { cwd: room });
    const doubting = { GIT_TEST_ASSUME_DIFFERENT_OWNER: '1', HOME: room };
    const { code, stdout } = await run(['app'], room, { env: { ...ENV, ...identity, ...doubting } });
    expect(code).toBe(0);
    expect(stdout).toContain(`note No git repository was made, since git looked for one and said: detected dubious ownership in repository at '${room}'`);
    expect(stdout).toContain(`git config --global --add safe.directory ${room}`);
    expect(readdirSync(join(room, 'app'))).not.toContain('.git');
  });

  it('a commit that fails is told by the reason that git gives', async () => {
    const room = makeRoom();
    const broken = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'i18n.commitEncoding', GIT_CONFIG_VALUE_0: 'UTF-8', GIT_COMMITTER_DATE: 'no date' };
    const { code, stdout } = await run(['app'], room, { env: { ...ENV, ...identity, ...broken } });
    expect(code).toBe(0);
    expect(stdout).toContain('note A git repository was made, without a first commit, since git commit failed: invalid date format: no date');
    expect(stdout).not.toContain('your name');
  });
});

describe('no secret is ever committed', () => {
  const secretsOf = (room: string) => [...readFileSync(join(room, 'app/.env'), 'utf8').matchAll(/=([0-9a-f]{64})$/gm)].map(([, secret]) => secret ?? '');

  it.each([
    ['without a line for it', 'node_modules/\n'],
    ['empty', ''],
    ['that takes it in again', '.env\n!.env\n'],
  ])('a .gitignore of the person %s', async (_, ignored) => {
    const room = makeRoom();
    mkdirSync(join(room, 'app'));
    writeFileSync(join(room, 'app/.gitignore'), ignored);
    writeFileSync(join(room, 'app/id_rsa'), 'a secret of the person');
    const { code, stdout } = await run(['app', '--on-conflict', 'keep'], room, { env: { ...ENV, ...identity } });
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('A git repository with a first commit was made.') });
    expect(stdout).toContain('note .gitignore does not keep .env out of git');
    expect(stdout).toContain('add this line at the end of .gitignore: .env');
    await expectClean(room);
  });

  it.each([
    ['that takes it in', '!.env\n', false],
    ['that keeps it out, which no other machine has', '.env\n', true],
  ])('an ignore file for all repositories %s', async (_, ignored, lacking) => {
    const room = makeRoom();
    writeFileSync(join(room, 'ignore'), ignored);
    if (lacking) {
      mkdirSync(join(room, 'app'));
      writeFileSync(join(room, 'app/.gitignore'), '');
    }
    const config = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.excludesFile', GIT_CONFIG_VALUE_0: join(room, 'ignore') };
    const { stdout } = await run(['app', '--on-conflict', 'keep'], room, { env: { ...ENV, ...identity, ...config } });
    expect(stdout).toContain('A git repository with a first commit was made.');
    expect(stdout.includes('.gitignore does not keep .env')).toBe(lacking);
    await expectClean(room);
  });

  it('where an index that git starts from has it, nothing is committed', async () => {
    const room = makeRoom();
    const git = async (...args: string[]) => execa('git', args, { cwd: room });
    await git('init', '--quiet', 'template');
    writeFileSync(join(room, 'template/.env'), 'old');
    await execa('git', ['add', '--force', '.env'], { cwd: join(room, 'template') });
    const config = { GIT_TEMPLATE_DIR: join(room, 'template/.git') };
    const { stdout } = await run(['app'], room, { env: { ...ENV, ...identity, ...config } });
    expect(stdout).toContain("without a first commit, since .env, which holds the secrets, is in git's index. Take it out: git rm --cached .env");
    expect((await execa('git', ['rev-list', '--all'], { cwd: join(room, 'app') })).stdout).toBe('');
  });

  it('inside a repository of the person, whose .gitignore lacks it, that is said', async () => {
    const room = makeRoom();
    await execa('git', ['init', '--quiet'], { cwd: room });
    mkdirSync(join(room, 'app'));
    writeFileSync(join(room, 'app/.gitignore'), '*.log\n');
    const { stdout } = await run(['app', '--on-conflict', 'keep'], room, { env: { ...ENV, ...identity } });
    expect(stdout).toContain('inside a git repository already');
    expect(stdout).toContain('add this line at the end of .gitignore: .env');
  });

  it('where no repository is wanted, what a .gitignore of the person lacks is said too', async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'app'));
    writeFileSync(join(room, 'app/.gitignore'), '*.log\n');
    const { stdout } = await run(['app', '--no-git', '--on-conflict', 'keep'], room);
    expect(stdout).toContain('add this line at the end of .gitignore: .env');
  });

  async function expectClean(room: string) {
    const git = async (...args: string[]) => (await execa('git', args, { cwd: join(room, 'app') })).stdout;
    const committed = (await git('ls-tree', '-r', '--name-only', 'HEAD')).split('\n');
    expect(committed).toContain('docker-compose.yml');
    expect(committed).toContain('.env.example');
    expect(committed).not.toContain('.env');
    expect(committed).not.toContain('id_rsa');
    expect(secretsOf(room)).toHaveLength(3);
    const objects = await git('log', '--all', '--patch');
    for (const secret of secretsOf(room)) expect(objects).not.toContain(secret);
  }
});
