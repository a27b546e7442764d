/** The whole flow: argv → given → answers → options → plan → directory → next steps. The only file that exits. */
import { parseFlags } from './cli/flags.ts';
import { helpText } from './cli/help.ts';
import type { Modes } from './cli/modes.ts';
import { findSwallowed } from './cli/npm-flags.ts';
import { failure } from './cli/outcome.ts';
import { createReport, reportBug, reportFaults } from './cli/report.ts';
import { findCommand } from './cli/run-command.ts';
import { printableSchema } from './cli/schema.ts';
import { collect } from './collect.ts';
import { type ExitCode, Interrupted, UserError } from './errors.ts';

// A reader that has seen enough (`| head`) ends the pipe; that is no fault, and the work goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const argv = process.argv.slice(2);
const command = findCommand(argv);
const flags = parseFlags(command === undefined ? argv : []);
const swallowed = findSwallowed(command === undefined ? process.env : {});
const modes: Modes = { ...flags.modes, ...swallowed.modes };
void (command === undefined ? main() : command())
  .catch((error: unknown) => fail(error, modes))
  .then((code) => (process.exitCode = code));

async function main(): Promise<ExitCode> {
  if (modes.help) return say(helpText(process.stdout.columns ?? 80));
  if (modes.version) return say(`${VERSION}\n`);
  if (modes.printSchema) return say(printableSchema());
  const collected = await collect(flags, modes, swallowed);
  return (await import('./carry-out.ts')).carryOut(collected, modes);
}

function say(text: string): ExitCode {
  process.stdout.write(text);
  return 0;
}

function fail(error: unknown, { json }: Pick<Modes, 'json'>): ExitCode {
  const known = error instanceof UserError || error instanceof Interrupted;
  const exitCode = known ? error.exitCode : 1;
  const faults = error instanceof UserError ? error.faults : [error instanceof Interrupted ? 'Interrupted; nothing was written.' : String(error)];
  if (error instanceof UserError) reportFaults(faults);
  if (!known) reportBug(error);
  createReport(json).outcome(() => failure(exitCode, faults));
  return exitCode;
}
