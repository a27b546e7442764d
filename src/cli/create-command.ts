/** Checked options in, the effects out: the project written, made a repository, started; and told. */
import { formatCommand, spellOut } from '../plan/command.ts';
import type { Modes } from './modes.ts';
import { success } from './outcome.ts';
import { createReport, type Report } from './report.ts';
import { beyondHost, endings, fitted } from './summary.ts';
import type { GatheredAnswers } from './gather-answers.ts';
import { create, preview } from '../io/create-project.ts';
import type { ExitCode } from '../errors.ts';
import { isoDay } from '../io/iso-day.ts';
import { gatherFacts } from '../io/facts.ts';
import { readMissingLine } from '../io/ignore-file.ts';
import type { FileChange } from '../io/diff.ts';
import type { Answers } from '../options/index.ts';

/** @throws UserError where the target is in conflict or cannot be written */
export async function runCreate({ options, answers, assumed, host, asked, driver, npmFlags, overruled }: GatheredAnswers, modes: Modes): Promise<ExitCode> {
  const report = createReport(modes.json);
  const command = formatCommand(options, answers.directory);
  report.npmFlags(npmFlags);
  report.notes(overruled);
  if (driver !== undefined) report.notes([`${driver} is set, so nothing is asked. With every choice, in one line: ${spellOut(answers)}`]);
  else if (!asked) report.assumed(assumed, answers);
  if (!asked) report.notes([...fitted(options, answers, host), ...endings(options, isoDay(Date.now())), ...beyondHost(options, host)]); // the summary has told those who were asked
  const facts = gatherFacts(VERSION);
  if (modes.dryRun) return tellPlan(preview(options, answers, facts), answers, command, report);
  const started = performance.now();
  const { changes, target } = await create(options, answers, facts, {
    undone: () => report.notes([`An earlier run was ended while it filled ${answers.directory}; what that one began was undone first.`]),
    changes: report.overlap,
  });
  report.written(changes, answers.directory, performance.now() - started);
  if (answers.git) await makeRepository(target.path, changes, report);
  else if (changes.some(({ path, action }) => path === '.gitignore' && action === 'keep')) report.notes(readMissingLine(target.path));
  report.nextSteps(answers.directory, options, command);
  const start = answers.start ? await startProject(target.path, modes, report) : undefined;
  const exitCode = asExitCode(start ?? 0);
  report.outcome(() => ({ ...success('created', target.path, command, changes), exitCode, ...(start === undefined ? {} : { start }) }));
  return exitCode;
}

function tellPlan({ changes, target, undone }: ReturnType<typeof preview>, { directory }: Pick<Answers, 'directory'>, command: string, report: Report): ExitCode {
  if (undone) report.notes([`An earlier run was ended while it filled ${directory}; a real run would first undo what that one began.`]);
  report.plan(changes);
  report.planned(changes, directory);
  report.outcome(() => success('planned', target.path, command, changes));
  return 0;
}

async function makeRepository(directory: string, changes: readonly FileChange[], report: Report): Promise<void> {
  const { initGit } = await import('../io/git.ts');
  const scripts = changes.filter(({ action, mode }) => action !== 'keep' && mode === 0o755).map(({ path }) => path);
  const { done, sentence, advice } = await initGit(directory, { paths: changes.map(({ path }) => path), scripts });
  if (done) report.git(sentence);
  report.notes(done ? advice : [sentence, ...advice]);
}

async function startProject(directory: string, { json }: Pick<Modes, 'json'>, report: Report): Promise<number> {
  const { startStack } = await import('../io/start.ts');
  const { exitCode, fault } = await startStack(directory, json ? 'stderr' : 'stdout');
  if (fault !== undefined) report.notes([fault]);
  return exitCode;
}

/** The project is there in any case; what the start ended with is what a caller wants to know. */
function asExitCode(start: number): ExitCode {
  return start === 0 || start === 4 || start === 130 || start === 143 ? start : 1;
}
