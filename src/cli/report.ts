/** What a run says: faults, what was assumed, what was done, what comes next. The only printer but the prompts. */
import { bold, cyan, dim, green, red, yellow } from 'kolorist';
import type { UserError } from '../errors.ts';
import { OPTIONS, type Answers, type Key } from '../options/index.ts';
import type { Options } from '../options/resolve.ts';

type Print = (line: string) => void;

const out: Print = (line) => void process.stdout.write(`${line}\n`);
const err: Print = (line) => void process.stderr.write(`${line}\n`);

export function reportFaults({ faults }: Pick<UserError, 'faults'>): void {
  for (const fault of faults) err(`${red('error')} ${fault}`);
}

/** A fault of ours: the whole story, since nobody who reads it can mend it. */
export function reportBug(error: unknown): void {
  err(`${red('error')} create-devstack failed, and it is not your fault. Please report this with the lines below.`);
  err(error instanceof Error ? describe(error) : String(error));
}

/** What was not given and so took its default, as the flags that would have said it. */
export function reportAssumed(assumed: readonly Key[], answers: Answers): void {
  const flags = OPTIONS.filter((option) => assumed.includes(option.key) && (option.scope === 'project' || option.key === 'git')).flatMap((option) => {
    if (option.kind === 'list' || option.kind === 'positional') return [];
    const answer = answers[option.key];
    return [option.kind === 'toggle' ? `--${answer === true ? '' : 'no-'}${option.flag}` : `--${option.flag} ${String(answer)}`];
  });
  if (flags.length > 0) out(dim(`Not given, so taken as: ${flags.join(' ')}`));
}

export function reportWarnings(warnings: readonly string[]): void {
  for (const warning of warnings) out(`${yellow('note')} ${warning}`);
}

export function reportWritten(count: number, directory: string, milliseconds: number): void {
  out(`${green('done')} ${count} files written to ${bold(directory)} in ${Math.round(milliseconds)} ms.`);
}

export function reportGit(sentence: string): void {
  out(`${green('done')} ${sentence}`);
}

/** @param command makes the same project again without a question */
export function reportNextSteps(directory: string, options: Pick<Options, 'ports'>, command: string): void {
  const { proxy } = options.ports;
  const url = `http://localhost${proxy === 80 ? '' : `:${proxy}`}/`;
  out('');
  out('Next:');
  if (directory !== '.') out(`  ${cyan(`cd ${directory}`)}`);
  out(`  ${cyan('./docker-dev.sh start')}   ${dim(`then open ${url}`)}`);
  out('');
  out(dim('The same project again, without questions:'));
  out(`  ${command}`);
}

export function print(text: string): void {
  process.stdout.write(text);
}

function describe(error: Error): string {
  const stack = error.stack ?? error.message;
  return error.cause instanceof Error ? `${stack}\ncaused by: ${describe(error.cause)}` : stack;
}
