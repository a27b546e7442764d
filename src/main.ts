/** The whole flow: argv → partial answers → answers → options → plan → directory → next steps. The only file that exits. */
import { CREATE, findCommand } from './cli/commands.ts';
import { parseFlags } from './cli/flags.ts';
import { helpText } from './cli/help.ts';
import type { Modes } from './cli/modes.ts';
import { findNpmFlags } from './cli/npm-flags.ts';
import { failure } from './cli/outcome.ts';
import { createReport, reportBug, reportFaults } from './cli/report.ts';
import { runCommand } from './cli/run-command.ts';
import { printableSchema } from './cli/schema.ts';
import { gatherAnswers } from './cli/gather-answers.ts';
import { type ExitCode, Interrupted, UserError } from './errors.ts';

// A reader that has seen enough (`| head`) ends the pipe; that is no fault, and the work goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const { command, args } = findCommand(process.argv.slice(2));
const flags = parseFlags(command.caller === 'person' ? args : [], command);
const npmFlags = findNpmFlags(command === CREATE ? process.env : {});
const modes: Modes = { ...flags.modes, ...npmFlags.modes };
void main()
  .catch((error: unknown) => fail(error, modes))
  .then((code) => (process.exitCode = code));

async function main(): Promise<ExitCode> {
  if (modes.help) return say(helpText(process.stdout.columns ?? 80, command));
  if (modes.version) return say(`${VERSION}\n`);
  if (modes.printSchema) return say(printableSchema());
  return runCommand(command, { flags, modes, args }, create);
}

async function create(): Promise<ExitCode> {
  const gathered = await gatherAnswers(flags, modes, npmFlags);
  return (await import('./cli/create-command.ts')).runCreate(gathered, modes);
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
