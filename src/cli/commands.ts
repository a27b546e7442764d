/** The commands beside creating a project, as data. */

export interface Command {
  readonly name: 'doctor' | 'completion' | 'complete';
  /** As in `create-devstack NAME USAGE`. */
  readonly usage: string;
  readonly summary: string;
  /** Called by other programs, and so not in the help. */
  readonly hidden?: true;
}

export const COMMANDS: readonly Command[] = [
  { name: 'doctor', usage: '[directory] [--json]', summary: 'check this machine and the project, and say how to mend what is wrong' },
  { name: 'completion', usage: 'bash|zsh|fish|powershell', summary: 'print the script that makes a shell complete create-devstack' },
  { name: 'complete', usage: '-- WORDS', summary: 'print what fits behind WORDS', hidden: true },
];
