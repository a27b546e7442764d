/** The commands beside creating a project; each is loaded only when it is called. */
import type { ExitCode } from '../errors.ts';

export interface Command {
  readonly name: string;
  /** As in `create-devstack NAME USAGE`. */
  readonly usage: string;
  readonly summary: string;
  /** Called by other programs, and so not in the help. */
  readonly hidden?: true;
  readonly run: (args: readonly string[]) => Promise<ExitCode>;
}

export const COMMANDS: readonly Command[] = [
  {
    name: 'doctor',
    usage: '[directory] [--json]',
    summary: 'check this machine and the project, and say how to mend what is wrong',
    run: async (args) => (await import('./doctor.ts')).runDoctor(args),
  },
  {
    name: 'completion',
    usage: 'bash|zsh|fish|powershell',
    summary: 'print the script that makes a shell complete create-devstack',
    run: async (args) => (await import('./completion.ts')).printScript(args),
  },
  {
    name: 'complete',
    usage: '-- WORDS',
    summary: 'print what fits behind WORDS',
    hidden: true,
    run: async (args) => (await import('./completion.ts')).printCompletions(args),
  },
];

/** A folder of a command's name is given as `./doctor`. */
export function findCommand(word: string | undefined): Command | undefined {
  return COMMANDS.find(({ name }) => name === word);
}
