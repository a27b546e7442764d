/** `create-devstack doctor [directory] [--json]`: the findings, printed. */
import { parseArgs } from 'node:util';
import { diagnose } from '../doctor/diagnose.ts';
import { formatFindings, toDiagnosis } from '../doctor/format.ts';
import { realSystem } from '../doctor/real-system.ts';
import { UserError, type ExitCode } from '../errors.ts';

/**
 * @returns 0 where all is well, 3 where there are findings
 * @throws UserError where the words make no sense
 */
export async function runDoctor(args: readonly string[]): Promise<ExitCode> {
  const { tokens } = parseArgs({ args: [...args], strict: false, allowPositionals: true, tokens: true, options: { json: { type: 'boolean' } } });
  const directories = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  const unknown = tokens.flatMap((token) => (token.kind === 'option' && (token.name !== 'json' || token.value !== undefined) ? [token.rawName] : []));
  const faults = [
    ...unknown.map((flag) => `${flag} is no flag of create-devstack doctor. It takes --json.`),
    ...directories.slice(1).map((word) => `"${word}" is one word too many: doctor looks at one directory.`),
  ];
  if (faults.length > 0) throw new UserError(faults);
  const directory = directories[0] ?? '.';
  const findings = await diagnose(directory, realSystem());
  const json = tokens.some(({ kind }) => kind === 'option');
  process.stdout.write(json ? `${JSON.stringify(toDiagnosis(directory, findings), null, 2)}\n` : formatFindings(findings));
  return findings.length === 0 ? 0 : 3;
}
