/** The commands as data: what each is called, takes and does. What runs them is in run-command.ts, so that help need not load it. */
import { OPTIONS } from '../options/index.ts';
import type { ModeName } from './modes.ts';

export interface Command {
  readonly name: 'create' | 'doctor' | 'completion' | 'complete';
  /** What stands behind the program's name, each line one way to call it. */
  readonly usage: string;
  readonly summary: string;
  /** What the bare words are, one each. */
  readonly words: readonly string[];
  /** The choices about a project that can be given as flags. */
  readonly options: readonly (typeof OPTIONS)[number][];
  /** The other flags, in the order in which help lists them. */
  readonly modes: readonly ModeName[];
  /** Paragraphs behind the flags in its help. */
  readonly notes: readonly string[];
  /** `program`: called by other programs, and so not in the help; takes its words as they come. */
  readonly caller: 'person' | 'program';
}

/** What runs where the first word is no other command's name. */
export const CREATE: Command = {
  name: 'create',
  usage: '[directory] [flags]',
  summary: 'create a Django + React repository that runs healthy under Docker Compose with one command',
  words: ['directory'],
  options: OPTIONS,
  modes: ['yes', 'config', 'dryRun', 'json', 'printSchema', 'help', 'version'],
  notes: [
    'Exit codes: 0 done, 1 a fault of ours, 2 wrong usage or input, 3 the target is in conflict,\n            4 a tool is missing, 130 and 143 interrupted.',
  ],
  caller: 'person',
};

const DOCTOR: Command = {
  name: 'doctor',
  usage: 'doctor [directory] [--json]',
  summary: 'check this machine and the project, and say how to mend what is wrong',
  words: ['directory'],
  options: [],
  modes: ['json', 'help'],
  notes: ["The directory is the project's, by default the one where you stand.", 'Exit codes: 0 all is well, 1 a fault of ours, 2 wrong usage, 3 with findings.'],
  caller: 'person',
};

const COMPLETION: Command = {
  name: 'completion',
  usage: 'completion bash|zsh|fish|powershell',
  summary: 'print the script that makes a shell complete create-devstack',
  words: ['shell'],
  options: [],
  modes: ['help'],
  notes: [
    'With the package installed (npm install --global create-devstack), type, or put into the\nfile that your shell reads at its start:',
    '  bash        source <(create-devstack completion bash)\n  zsh         source <(create-devstack completion zsh)\n  fish        create-devstack completion fish | source\n  powershell  create-devstack completion powershell | Out-String | Invoke-Expression',
  ],
  caller: 'person',
};

const COMPLETE: Command = {
  name: 'complete',
  usage: 'complete -- WORDS',
  summary: 'print what fits behind WORDS',
  words: [],
  options: [],
  modes: [],
  notes: [],
  caller: 'program',
};

export const COMMANDS: readonly Command[] = [CREATE, DOCTOR, COMPLETION, COMPLETE];

/** Behind "create-devstack" in messages. */
export function calledAs({ name }: Pick<Command, 'name'>): string {
  return name === 'create' ? 'create-devstack' : `create-devstack ${name}`;
}

/**
 * @param argv what stands behind `create-devstack`, a package manager's `--` included
 * @returns the command and what is left of the words; a folder of a command's name is given as `./doctor`
 */
export function findCommand(argv: readonly string[]): { readonly command: Command; readonly args: readonly string[] } {
  const [word, ...args] = argv[0] === '--' ? argv.slice(1) : argv;
  const command = COMMANDS.find(({ name }) => name === word && name !== 'create');
  return command === undefined ? { command: CREATE, args: argv } : { command, args };
}
