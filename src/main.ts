#!/usr/bin/env node
/** The whole flow: argv → given → answers → options → plan → directory → next steps. The only file that exits. */
import { beyondHost } from './cli/summary.ts';
import { parseFlags } from './cli/flags.ts';
import { mergeGiven, NOTHING, type Given } from './cli/given.ts';
import { explainClash, settle } from './cli/settle.ts';
import { canAsk } from './cli/terminal.ts';
import { type ExitCode, Interrupted, UserError } from './errors.ts';
import { resolve } from './options/resolve.ts';
import type { Host } from './options/service-limits.ts';

// A reader that has seen enough (`| head`) ends the pipe; that is no fault, and the work goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv.slice(2)).catch(fail);

async function main(argv: readonly string[]): Promise<ExitCode> {
  const flags = parseFlags(argv);
  const { modes } = flags;
  if (modes.help) return say((await import('./cli/help.ts')).helpText(process.stdout.columns ?? 80));
  if (modes.version) return say(`${VERSION}\n`);
  if (modes.printSchema) return say((await import('./cli/schema.ts')).printableSchema());
  const config = modes.config === undefined ? { given: NOTHING, faults: [] } : await readConfig(modes.config);
  const given = mergeGiven(flags.given, config.given);
  const faults = [...flags.faults, ...config.faults];
  const asks = faults.length === 0 && !modes.yes && canAsk(process, process.env);

  const { gatherFacts, measureHost } = await import('./io/facts.ts');
  const host = measureHost();
  const complete = asks ? await askFor(given, host) : given;
  const { answers, assumed, faults: missing } = settle(complete);
  const { options, clashes } = resolve(answers, host);
  const all = [...faults, ...missing, ...clashes.map((clash) => explainClash(clash, complete.places))];
  if (all.length > 0) throw new UserError(all);

  const { create } = await import('./create.ts');
  const report = await import('./cli/report.ts');
  if (!asks) report.reportAssumed(assumed, answers);
  if (!asks) report.reportWarnings(beyondHost(options, host));
  const made = await create(options, answers.directory, gatherFacts(VERSION));
  report.reportWritten(made.files, answers.directory, made.milliseconds);
  if (answers.git) report.reportGit(await (await import('./io/run.ts')).initGit(made.path));
  const { formatCommand } = await import('./cli/command.ts');
  report.reportNextSteps(answers.directory, options, formatCommand(options, answers.directory));
  return 0;
}

async function readConfig(source: string) {
  const [{ parseConfig }, { readText }] = await Promise.all([import('./cli/config.ts'), import('./io/read-text.ts')]);
  return parseConfig(await readText(source), source === '-' ? 'standard input' : source);
}

async function askFor(given: Given, host: Host): Promise<Given> {
  const [{ ask }, { refuseTarget }] = await Promise.all([import('./cli/ask.ts'), import('./create.ts')]);
  const refusal = given.answers.directory === undefined ? undefined : refuseTarget(given.answers.directory);
  if (refusal !== undefined) throw new UserError([refusal], 3); // before, not after, eight questions
  return ask(given, host, refuseTarget);
}

function say(text: string): ExitCode {
  process.stdout.write(text);
  return 0;
}

async function fail(error: unknown): Promise<ExitCode> {
  if (error instanceof Interrupted) return error.exitCode;
  const report = await import('./cli/report.ts');
  if (error instanceof UserError) {
    report.reportFaults(error);
    return error.exitCode;
  }
  report.reportBug(error);
  return 1;
}
