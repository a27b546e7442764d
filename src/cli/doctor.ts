/** `create-devstack doctor [directory] [--json]`: the findings, printed. */
import { diagnose } from '../doctor/diagnose.ts';
import { formatFindings, toDiagnosis } from '../doctor/format.ts';
import { realSystem } from '../doctor/real-system.ts';
import type { ExitCode } from '../errors.ts';
import type { Modes } from './modes.ts';

/** @returns 0 where all is well, 3 where there are findings */
export async function runDoctor(directory = '.', { json }: Pick<Modes, 'json'>): Promise<ExitCode> {
  const findings = await diagnose(directory, realSystem());
  process.stdout.write(json ? `${JSON.stringify(toDiagnosis(directory, findings), null, 2)}\n` : formatFindings(findings));
  return findings.length === 0 ? 0 : 3;
}
