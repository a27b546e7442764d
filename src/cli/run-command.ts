/** A command and what was given to it in, its exit code out; each is loaded only when it is called. */
import { UserError, type ExitCode } from '../errors.ts';
import type { Command } from './commands.ts';
import type { ParsedFlags } from './flag-collector.ts';
import type { Modes } from './modes.ts';

export interface Call {
  readonly flags: ParsedFlags;
  /** The flags' and what npm kept of them. */
  readonly modes: Modes;
  /** All words behind the command's name, as they came. */
  readonly args: readonly string[];
}

type Run = (call: Call) => Promise<ExitCode>;

/** @throws UserError where the words make no sense */
export async function runCommand({ name }: Pick<Command, 'name'>, call: Call, create: Run): Promise<ExitCode> {
  if (name === 'create') return create(call); // tells its faults together with those of the other answers
  if (call.flags.faults.length > 0) throw new UserError(call.flags.faults);
  return RUNS[name](call);
}

const RUNS: Readonly<Record<Exclude<Command['name'], 'create'>, Run>> = {
  doctor: async ({ flags, modes }) => (await import('./doctor.ts')).runDoctor(flags.words[0], modes),
  completion: async ({ flags }) => (await import('./completion.ts')).printScript(flags.words[0]),
  complete: async ({ args }) => (await import('./completion.ts')).printCompletions(args),
};
