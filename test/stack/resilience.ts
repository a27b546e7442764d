/** The rows of docs/resilience.md: what drills measured, written where WRITE_RESILIENCE asks for it. A row stays until it is measured anew. */
import { readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { BARS } from './architecture.ts';
import type { LoadReport } from './load.ts';

/** Some drills take minutes, and no other test rests on them: they run only where the document is written. */
export const WRITE = Boolean(process.env['WRITE_RESILIENCE']);

/** What every drill asks the proxy for. */
export const LIVE = '/api/v1/health/live/';

const measured = new Map<string, string>();
const DOCUMENT = fileURLToPath(new URL('../../docs/resilience.md', import.meta.url));

/**
 * @param healed seconds until all was well again, or words in their place
 * @param load undefined where nothing was asked meanwhile
 * @param lost of what was confirmed, such as "0 of 40 tasks"
 */
export function keepRow(name: string, healed: number | string, load?: Pick<LoadReport, 'failed' | 'sent' | 'longest'>, lost = ''): void {
  const seconds = typeof healed === 'number' ? healed.toFixed(1) : healed;
  const row = `| ${name} | ${seconds} | ${load ? `${load.failed} of ${load.sent}` : ''} | ${load ? load.longest.toFixed(1) : ''} | ${lost} |`;
  measured.set(name, row);
}

/** Each file with drills calls it at its end. */
export async function writeDocument(): Promise<void> {
  if (!WRITE) return;
  const rows = (await readFile(DOCUMENT, 'utf8')).split('\n').filter((line) => /^\| .*\|$/.test(line)).slice(2);
  const all = new Map(rows.map((row) => [row.split(' | ')[0]!.slice(2), row]));
  for (const [name, row] of measured) all.set(name, row);
  await writeFile(DOCUMENT, document([...all.values()]));
}

function document(rows: readonly string[]): string {
  return `# Resilience

Written by \`WRITE_RESILIENCE=1 npx vitest run --config vitest.stack.config.ts drills daemon\`, against a stack
of the default project with Celery in Docker, on a machine with ${cpus().length} processors. A row stays until it is measured anew.

Each part is broken while the proxy is asked for \`${LIVE}\` fifty times a second. "Well again" is when Docker says of
every service that it is healthy; of one that runs on, as after a pause, it asks every ten seconds only, which is most of that time.
"Failed" is no answer within ten seconds or one of 500 and above. "Lost" counts what was confirmed to whoever sent it. What hangs is
measured by \`test/stack/self-healing.test.ts\`: its bar is ${BARS.healedSeconds} s.

| broken | well again, s | failed | longest answer, s | lost |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

"Another project" is a second one of this generator, whose database lies on a disk of 192 MB; its two rows of a full disk are
asked of its own proxy. Out of memory means that a process in the container takes all that its limit allows.

"40 tasks accepted" are of half a second each, for one worker.

A swarm's rows are of \`npx vitest run --config vitest.prod.config.ts swarm\`, on three nodes of which one has the data, asked for
\`/api/v1/config/frontend/\` in turn; a node that refuses the connection is passed over. "Well again" is when the command has ended,
or when two of the backend run again.

The Docker daemon is a second one, with a project of its own: "well again" begins with the signal to it, and holds its own end
and start. What is asked of a stopped stack fails.
`;
}
