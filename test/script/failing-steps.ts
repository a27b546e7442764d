/** A command run once as it should, and once for each question that it asks Docker, with that one failing. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { answer, calls, fake, run } from './sandbox.ts';

export interface Steps {
  /** What it says at its end, and may say only then; `/./` where it says nothing of its own. */
  readonly done: RegExp;
  /** What the outcome does not hang on. */
  readonly mayFail: readonly RegExp[];
  /** The caller's own question to a tool, whose words he sees and understands. */
  readonly speaksItself: RegExp;
  /** Up to which question it is looked at; what follows is another command's. @default the end */
  readonly until?: string;
  /** Before each run: what an earlier one has changed. */
  readonly prepare?: () => unknown;
  /** After each run that failed: what it has left. */
  readonly failed?: () => unknown;
  readonly env?: Readonly<Record<string, string>>;
}

/** @throws where a run is silent, or claims what it has not done */
export async function failEachStep(words: readonly string[], { done, mayFail, speaksItself, until, prepare, failed, env }: Steps): Promise<void> {
  const claims = done.source === '.' ? undefined : done;
  await prepare?.();
  rmSync(join(fake, 'calls'), { force: true });
  const whole = await run(words, { HEALTHY_WITHIN: '1', ...env });
  expect(whole.exitCode, whole.stdout + whole.stderr).toBe(0);
  if (claims) expect(whole.stdout).toMatch(claims);
  const all = calls();
  const end = until === undefined ? -1 : all.findIndex((call) => call.includes(until));
  const asked = end === -1 ? all : all.slice(0, end);
  for (const question of new Set(asked)) {
    rmSync(join(fake, 'answers/fail'), { force: true });
    await prepare?.();
    answer('fail', question);
    rmSync(join(fake, 'frozen'), { force: true });
    const { exitCode, stdout, stderr } = await run(words, { START_TIMEOUT: '1', HEALTHY_WITHIN: '1', ...env });
    const told = `when "${question}" fails:\n${stdout}\n${stderr}`;
    if (exitCode === 0 && mayFail.some((pattern) => pattern.test(question))) continue;
    expect(exitCode, told).not.toBe(0);
    expect(speaksItself.test(question) ? stderr : stderr.replaceAll('the stub fails', ''), told).toMatch(/\S/);
    if (claims) expect(stdout, told).not.toMatch(claims);
    await failed?.();
  }
}
