/** A written project in, a git repository with a first commit out, without a secret in it. Never fatal: the project works without git. */
import { devNull } from 'node:os';
import { MISSING_LINE, SECRET } from './ignore-file.ts';
import { runProgram, type Ended } from './program.ts';

export interface GitResult {
  /** One sentence: what was done, or why it was not. */
  readonly sentence: string;
  readonly done: boolean;
  /** What is left to do for the person, a sentence each. */
  readonly advice: readonly string[];
}

/** What is written of the project, as git needs it. */
export interface Tracked {
  /** Every file of the project, `.env` included; below it, with forward slashes. */
  readonly paths: readonly string[];
  /** Those that can be run: git does not see that itself on Windows, or where `core.fileMode` is off. */
  readonly scripts: readonly string[];
}

type Git = (args: readonly string[], input?: string) => Promise<Ended>;

const NO_REPOSITORY = /not a git repository \(or any/;
const NOBODY = /please tell me who you are|identity unknown/i;

/** Makes the project a git repository with a first commit of its own files, unless it lies inside one. */
export async function initGit(directory: string, { paths, scripts }: Tracked): Promise<GitResult> {
  // What git says is read here, so it must not be in the person's language.
  const git: Git = async (args, input = '') => runProgram('git', args, { cwd: directory, stdin: { string: input }, env: { LC_ALL: 'C' } });
  const inside = await git(['rev-parse', '--is-inside-work-tree']);
  if (inside.code === 'ENOENT') return undone('git is not installed, so no repository was made.');
  if (inside.exitCode === 0) return { sentence: 'This is inside a git repository already, so no other was made.', done: true, advice: await missingLine(git) };
  if (!NO_REPOSITORY.test(inside.stderr)) return undone(`No git repository was made, since git looked for one and said: ${reason(inside)}`);
  const made = await git(['init', '--quiet', '--initial-branch=main']);
  if (made.failed) return undone(`No git repository was made, since git init failed: ${reason(made)}`);
  const advice = await missingLine(git);
  const fault = (await addAll(git, paths, scripts)) ?? (await commit(git));
  if (fault !== undefined) return { sentence: `A git repository was made, without a first commit, since ${fault}`, done: false, advice };
  return { sentence: 'A git repository with a first commit was made.', done: true, advice };
}

/** The project's own files without the secret, whatever the ignore files say; what else lies in the folder is the person's, and may be secret too. */
async function addAll(git: Git, paths: readonly string[], scripts: readonly string[]): Promise<string | undefined> {
  const ignored = new Set((await git(['check-ignore', '-z', '--stdin'], list(paths))).stdout.split('\0'));
  const wanted = paths.filter((path) => path !== SECRET && !ignored.has(path));
  const added = await git(['--literal-pathspecs', 'add', '--pathspec-from-file=-', '--pathspec-file-nul'], list(wanted));
  if (added.failed) return `git add failed: ${reason(added)}`;
  await git(['update-index', '--chmod=+x', '-z', '--stdin'], list(scripts.filter((path) => wanted.includes(path))));
  const staged = (await git(['ls-files', '-z'])).stdout.split('\0');
  return staged.includes(SECRET) ? `${SECRET}, which holds the secrets, is in git's index. Take it out: git rm --cached ${SECRET}` : undefined;
}

async function commit(git: Git): Promise<string | undefined> {
  // Signing would ask for a passphrase, and somebody's own hooks know nothing of this project.
  const own = ['-c', 'commit.gpgsign=false', '-c', `core.hooksPath=${devNull}`];
  const committed = await git([...own, 'commit', '--quiet', '--no-verify', '--message', 'Create the project with create-devstack']);
  if (!committed.failed) return undefined;
  return NOBODY.test(committed.stderr) ? 'git does not know your name and e-mail address.' : `git commit failed: ${reason(committed)}`;
}

/** The ignore file of the person alone does not count: it is on no other machine. */
async function missingLine(git: Git): Promise<readonly string[]> {
  const { exitCode } = await git(['-c', `core.excludesFile=${devNull}`, 'check-ignore', '--quiet', SECRET]);
  return exitCode === 1 ? [MISSING_LINE] : [];
}

function undone(sentence: string): GitResult {
  return { sentence, done: false, advice: [] };
}

function list(paths: readonly string[]): string {
  return paths.map((path) => `${path}\0`).join('');
}

/** What git said, its own advice included, in one line. */
function reason({ stderr, stdout }: Pick<Ended, 'stderr' | 'stdout'>): string {
  const text = (stderr.trim() === '' ? stdout : stderr).trim();
  return text.replaceAll(/^(?:fatal|error): /gm, '').replaceAll(/\s+/g, ' ');
}
