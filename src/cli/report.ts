/** What a run says: faults, what was assumed, what was done, what comes next. The only printer but the prompts. */
import { bold, cyan, dim, green, red, yellow } from 'kolorist';
import type { FileChange } from '../io/diff.ts';
import type { Answers, Key } from '../options/index.ts';
import type { Options } from '../options/resolve.ts';
import { describeChange, type Outcome } from './outcome.ts';
import { flagsOf } from '../plan/command.ts';
import { quote } from '../plan/quote.ts';

/** Windows runs no file by its first line; Docker Desktop's users have the bash of Git, or of WSL. */
const START = process.platform === 'win32' ? 'bash docker-dev.sh start' : './docker-dev.sh start';

/** @param json sends what is for people to standard error, so that standard output holds the outcome alone */
export function createReport(json: boolean) {
  const stream = json ? process.stderr : process.stdout;
  const out = (line = '') => void stream.write(`${line}\n`);
  return {
    /** What was not given and so took its default, as the flags that would have said it. */
    assumed(assumed: readonly Key[], answers: Answers): void {
      const flags = flagsOf(assumed, answers);
      if (flags.length > 0) out(dim(`Not given, so taken as: ${flags.join(' ')}`));
    },
    npmFlags(flags: readonly string[]): void {
      if (flags.length > 0) out(`${yellow('note')} npm kept ${flags.join(' ')} for itself; taken all the same. Behind -- it reaches create-devstack: npm create devstack@latest app -- ${flags.join(' ')}`);
    },
    notes(notes: readonly string[]): void {
      for (const note of notes) out(`${yellow('note')} ${note}`);
    },
    /** Every file with its action, mode, size and SHA-256. */
    plan(changes: readonly FileChange[]): void {
      for (const { action, mode, size, sha256, path } of changes.map(describeChange)) {
        out(`${action.padEnd(9)} ${mode} ${String(size).padStart(7)} ${sha256 ?? '(new secrets in each run)'.padEnd(64)} ${path}`);
      }
    },
    /** What happens to files that are there already, before it happens. */
    overlap(changes: readonly FileChange[]): void {
      for (const { path } of changes.filter(({ action }) => action === 'keep')) out(`${yellow('keep')} ${path} differs and stays as it is.`);
      for (const { path } of changes.filter(({ action }) => action === 'overwrite')) out(`${yellow('overwrite')} ${path}, with a backup under .devstack/backup/.`);
    },
    planned(changes: readonly FileChange[], directory: string): void {
      out(`${green('done')} ${countWritten(changes)} files would be written to ${bold(directory)}; nothing was.`);
    },
    written(changes: readonly FileChange[], directory: string, milliseconds: number): void {
      out(`${green('done')} ${countWritten(changes)} files written to ${bold(directory)} in ${Math.round(milliseconds)} ms.`);
    },
    git(sentence: string): void {
      out(`${green('done')} ${sentence}`);
    },
    /** @param command makes the same project again without a question */
    nextSteps(directory: string, { ports }: Pick<Options, 'ports'>, command: string): void {
      out();
      out('Next:');
      if (directory !== '.') out(`  ${cyan(`cd ${quote(directory)}`)}`);
      out(`  ${cyan(START)}   ${dim(`then open http://localhost${ports.proxy === 80 ? '' : `:${ports.proxy}`}/`)}`);
      out();
      out(dim('The same project again, without questions:'));
      out(`  ${command}`);
    },
    /** @param describe is called only where the outcome is wanted, since it hashes every file */
    outcome(describe: () => Outcome): void {
      if (json) process.stdout.write(`${JSON.stringify(describe(), null, 2)}\n`);
    },
  };
}

export type Report = ReturnType<typeof createReport>;

export function reportFaults(faults: readonly string[]): void {
  for (const fault of faults) process.stderr.write(`${red('error')} ${fault}\n`);
}

/** A fault of ours: the whole story, since nobody who reads it can mend it. */
export function reportBug(error: unknown): void {
  reportFaults(['create-devstack failed, and it is not your fault. Please report this with the lines below.']);
  process.stderr.write(`${error instanceof Error ? describe(error) : String(error)}\n`);
}

function countWritten(changes: readonly FileChange[]): number {
  return changes.filter(({ action }) => action === 'create' || action === 'overwrite').length;
}

function describe(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by: ${describe(error.cause)}` : stack;
}
