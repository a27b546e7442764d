/** The command line in, what it runs out where it names a command; each is loaded only when it is called. */
import type { ExitCode } from '../errors.ts';
import type { Command } from './commands.ts';

type Run = (args: readonly string[]) => Promise<ExitCode>;

const RUNS: Readonly<Record<Command['name'], Run>> = {
  doctor: async (args) => (await import('./doctor.ts')).runDoctor(args),
  completion: async (args) => (await import('./completion.ts')).printScript(args),
  complete: async (args) => (await import('./completion.ts')).printCompletions(args),
};

/**
 * @param argv what stands behind `create-devstack`, a package manager's `--` included
 * @returns undefined where the first word is no command; a folder of a command's name is given as `./doctor`
 */
export function findCommand(argv: readonly string[]): (() => Promise<ExitCode>) | undefined {
  const [word, ...args] = argv[0] === '--' ? argv.slice(1) : argv;
  return word !== undefined && Object.hasOwn(RUNS, word) ? () => RUNS[word as Command['name']](args) : undefined;
}
