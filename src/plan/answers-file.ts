/** Options as `.devstack/answers.json` keeps them, and as `--config` reads them: what was chosen, by which version, and no secret. */
import { toAnswers, type Options } from '../options/resolve.ts';
import { formatOverride } from '../options/service-limits.ts';

/** Raised when a document could no longer be read as before. */
export const ANSWERS_SCHEMA_VERSION = 1;

export function formatAnswersFile(options: Options, version: string): string {
  const answers = toAnswers(options);
  const document = {
    schemaVersion: ANSWERS_SCHEMA_VERSION,
    generator: `create-devstack@${version}`,
    ...answers,
    limit: answers.limit.map(formatOverride),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
