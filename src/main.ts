/** The whole flow: argv → given → answers → options → plan → directory → next steps. The only file that exits. */
import { parseFlags } from './cli/flags.ts';
import { mergeGiven, NOTHING, type Given } from './cli/given.ts';
import type { Modes } from './cli/modes.ts';
import { explainTorn, findSwallowed } from './cli/npm-flags.ts';
import { explainClash, settle, type Settled } from './cli/settle.ts';
import { beyondHost, fitted } from './cli/summary.ts';
import { findCommand } from './cli/run-command.ts';
import { canAsk } from './cli/terminal.ts';
import { type ExitCode, Interrupted, UserError } from './errors.ts';
import { resolve, type Options } from './options/resolve.ts';
import type { Host } from './options/service-limits.ts';

// A reader that has seen enough (`| head`) ends the pipe; that is no fault, and the work goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

const argv = process.argv.slice(2);
const command = findCommand(argv[0]);
const flags = parseFlags(command === undefined ? argv : []);
process.exitCode = await (command === undefined ? main() : command(argv.slice(1))).catch((error: unknown) => fail(error, flags.modes));

async function main(): Promise<ExitCode> {
  const { modes } = flags;
  if (modes.help) return say((await import('./cli/help.ts')).helpText(process.stdout.columns ?? 80));
  if (modes.version) return say(`${VERSION}\n`);
  if (modes.printSchema) return say((await import('./cli/schema.ts')).printableSchema());

  const config = modes.config === undefined ? { given: NOTHING, faults: [] } : await readConfig(modes.config);
  const swallowed = findSwallowed(process.env);
  if (swallowed.torn.length > 0) throw new UserError([explainTorn(swallowed, flags.words)]);
  const given = mergeGiven(mergeGiven(flags.given, swallowed.given), config.given);
  const faults = [...flags.faults, ...config.faults];
  const asks = faults.length === 0 && !modes.yes && !modes.json && canAsk(process, process.env);
  const host = (await import('./io/facts.ts')).measureHost();
  const complete = asks ? await askFor(given, host) : given;
  const settled = settle(complete);
  const { options, clashes } = resolve(settled.answers, host);
  const all = [...faults, ...settled.faults, ...clashes.map((clash) => explainClash(clash, complete.places))];
  if (all.length > 0) throw new UserError(all);
  return carryOut(options, settled, host, modes, asks, swallowed.taken);
}

/** The only effects: writes the project, makes it a repository, starts it. */
async function carryOut(options: Options, { answers, assumed }: Settled, host: Host, modes: Modes, asked: boolean, swallowed: readonly string[]): Promise<ExitCode> {
  const [{ create, prepare, recover }, { createReport }, { success }, { formatCommand }, { gatherFacts }] = await Promise.all([
    import('./create.ts'),
    import('./cli/report.ts'),
    import('./cli/outcome.ts'),
    import('./cli/command.ts'),
    import('./io/facts.ts'),
  ]);
  const report = createReport(modes.json);
  const again = formatCommand(options, answers.directory);
  report.swallowed(swallowed);
  if (!asked) report.assumed(assumed, answers);
  if (!asked) report.notes([...fitted(options, answers, host), ...beyondHost(options, host)]); // the summary has told those who were asked
  if (!modes.dryRun) recover(answers.directory);
  const started = performance.now();
  const prepared = prepare(options, answers, gatherFacts(VERSION));
  const { steps, target } = prepared;
  if (modes.dryRun) {
    report.plan(steps);
    report.planned(steps.filter(({ action }) => action === 'create' || action === 'overwrite').length, answers.directory);
    report.outcome(() => success('planned', target.path, again, steps));
    return 0;
  }
  report.overlap(steps);
  await create(prepared);
  report.written(steps, answers.directory, performance.now() - started);
  if (answers.git) report.git(await (await import('./io/run.ts')).initGit(target.path));
  report.nextSteps(answers.directory, options, again);
  const start = answers.start ? await (await import('./io/run.ts')).startStack(target.path, modes.json ? 'stderr' : 'stdout') : undefined;
  const exitCode = asExitCode(start ?? 0);
  report.outcome(() => ({ ...success('created', target.path, again, steps), exitCode, ...(start === undefined ? {} : { start }) }));
  return exitCode;
}

/** The project is there in any case; what the start ended with is what a caller wants to know. */
function asExitCode(start: number): ExitCode {
  return start === 0 || start === 4 || start === 130 || start === 143 ? start : 1;
}

async function readConfig(source: string) {
  const [{ parseConfig }, { readText }] = await Promise.all([import('./cli/config.ts'), import('./io/read-text.ts')]);
  return parseConfig(await readText(source), source === '-' ? 'standard input' : source);
}

async function askFor(given: Given, host: Host): Promise<Given> {
  const [{ ask }, { refuseTarget }, { findListeningPorts }] = await Promise.all([import('./cli/ask.ts'), import('./create.ts'), import('./io/listening-ports.ts')]);
  const refuse = (directory: string) => refuseTarget(directory, given.answers.onConflict ?? 'fail');
  const refusal = given.answers.directory === undefined ? undefined : refuse(given.answers.directory);
  if (refusal !== undefined) throw new UserError([refusal], 3); // before, not after, eight questions
  return ask(given, { host, listening: await findListeningPorts(), refuseTarget: refuse });
}

function say(text: string): ExitCode {
  process.stdout.write(text);
  return 0;
}

async function fail(error: unknown, { json }: Pick<Modes, 'json'>): Promise<ExitCode> {
  const [{ createReport, reportBug, reportFaults }, { failure }] = await Promise.all([import('./cli/report.ts'), import('./cli/outcome.ts')]);
  const known = error instanceof UserError || error instanceof Interrupted;
  const exitCode = known ? error.exitCode : 1;
  const faults = error instanceof UserError ? error.faults : [error instanceof Interrupted ? 'Interrupted; nothing was written.' : String(error)];
  if (error instanceof UserError) reportFaults(faults);
  if (!known) reportBug(error);
  createReport(json).outcome(() => failure(exitCode, faults));
  return exitCode;
}
