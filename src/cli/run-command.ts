/** A command's name in, what it runs out; each is loaded only when it is called. */
import type { ExitCode } from '../errors.ts';
import type { Command } from './commands.ts';

type Run = (args: readonly string[]) => Promise<ExitCode>;

const RUNS: Readonly<Record<Command['name'], Run>> = {
  doctor: async (args) => (await import('./doctor.ts')).runDoctor(args),
  completion: async (args) => (await import('./completion.ts')).printScript(args),
  complete: async (args) => (await import('./completion.ts')).printCompletions(args),
};

/** @returns undefined where the word is no command; a folder of a command's name is given as `./doctor` */
export function findCommand(word: string | undefined): Run | undefined {
  return word !== undefined && Object.hasOwn(RUNS, word) ? RUNS[word as Command['name']] : undefined;
}
