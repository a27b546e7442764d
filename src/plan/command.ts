/** Options as the one command that makes the same project again without a question. */
import { OPTIONS, type Answers, type Key } from '../options/index.ts';
import { toAnswers, type Options } from '../options/resolve.ts';
import { formatOverride, type LimitOverride } from '../options/service-limits.ts';
import { quote } from './quote.ts';

/** @param directory as the person gave it; the project's name where the command is written into the project itself */
export function formatCommand(options: Options, directory: string = options.name): string {
  const answers: Readonly<Record<string, unknown>> = toAnswers(options);
  const flags = OPTIONS.flatMap((option): readonly string[] => {
    const answer = answers[option.key];
    const standard = option.default({ directory });
    if (answer === undefined || option.kind === 'positional') return [];
    if (option.kind === 'list') return (answer as readonly LimitOverride[]).map((item) => `--${option.flag} ${formatOverride(item)}`);
    if (answer === standard) return [];
    return option.kind === 'toggle' ? [`--${answer === true ? '' : 'no-'}${option.flag}`] : [`--${option.flag} ${String(answer)}`];
  });
  return ['npm create devstack@latest --', quote(directory), ...flags, '--yes'].join(' ');
}

/** Every choice spelled out, for whoever is asked nothing: edit the line, and run it. */
export function spellOut(answers: Answers): string {
  const choices = flagsOf(OPTIONS.map(({ key }) => key), answers);
  return ['npm create devstack@latest --', quote(answers.directory), ...choices, '--yes'].join(' ');
}

/** The flags that say these answers; what is no choice about a project is left out. */
export function flagsOf(keys: readonly Key[], answers: Answers): readonly string[] {
  return OPTIONS.flatMap((option): readonly string[] => {
    const answer: unknown = answers[option.key];
    if (!keys.includes(option.key) || answer === undefined || option.key === 'onConflict' || option.key === 'start') return [];
    if (option.kind === 'positional') return [];
    if (option.kind === 'list') return (answer as readonly LimitOverride[]).map((item) => `--${option.flag} ${formatOverride(item)}`);
    return [option.kind === 'toggle' ? `--${answer === true ? '' : 'no-'}${option.flag}` : `--${option.flag} ${quote(String(answer))}`];
  });
}
