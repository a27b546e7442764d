/** The other programs that are called. */
import { execa } from 'execa';

/**
 * Makes the project a git repository with a first commit, unless it lies inside one.
 * Never fatal: the project is written and works without git.
 * @param scripts paths below it that can be run: git does not see that itself on Windows, or where `core.fileMode` is off
 * @returns what was done, or why it was not, as one sentence
 */
export async function initGit(directory: string, scripts: readonly string[]): Promise<string> {
  const git = async (...args: string[]) => execa('git', args, { cwd: directory, stdin: 'ignore', reject: false });
  const inside = await git('rev-parse', '--is-inside-work-tree');
  if (inside.code === 'ENOENT') return 'git is not installed, so no repository was made.';
  if (inside.exitCode === 0) return 'This is inside a git repository already, so no other was made.';
  const made = await git('init', '--quiet', '--initial-branch=main');
  if (made.failed) return `git init failed: ${lastLine(made.stderr)}`;
  const added = await git('add', '--all');
  if (added.failed) return `A git repository was made; git add failed: ${lastLine(added.stderr)}`;
  await git('update-index', '--chmod=+x', '--', ...scripts);
  // Signing would ask for a passphrase, and somebody's own hooks know nothing of this project.
  const committed = await git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '--message', 'Create the project with create-devstack');
  return committed.failed
    ? 'A git repository was made, without a first commit, since git does not know your name and e-mail address.'
    : 'A git repository with a first commit was made.';
}

/**
 * Runs the project's own `./docker-dev.sh start`, with this terminal as its own.
 * @param output where what it prints goes
 * @returns its exit code: 0 healthy, 4 a tool is missing, 130 interrupted, else it has said what is wrong
 */
export async function startStack(directory: string, output: 'stdout' | 'stderr'): Promise<number> {
  // Windows runs no file by its first line; Docker Desktop's users have the bash of Git.
  const [file, args] = process.platform === 'win32' ? ['bash', ['docker-dev.sh', 'start']] : ['./docker-dev.sh', ['start']];
  const printed = output === 'stdout' ? 'inherit' : process.stderr;
  const ended = await execa(file, args, { cwd: directory, stdin: 'inherit', stdout: printed, stderr: 'inherit', reject: false });
  if (ended.code === 'ENOENT') return 4;
  return ended.exitCode ?? 130;
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
