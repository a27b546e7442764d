/** A directory and a machine in, what is wrong with them out. */
import { HOST_CHECKS, PROJECT_CHECKS } from './checks/index.ts';
import type { Finding } from './finding.ts';
import { createSubject } from './subject.ts';
import type { System } from './system.ts';

/**
 * @param directory as the person gave it; that it is no project, or not there, is a finding like others
 * @returns problems first, then advice; each in the order of the checks
 */
export async function diagnose(directory: string, system: System): Promise<readonly Finding[]> {
  const subject = createSubject(directory, system);
  const checks = (await subject.isProject()) ? [...HOST_CHECKS, ...PROJECT_CHECKS] : HOST_CHECKS;
  const findings = (await Promise.all(checks.map(async (check) => check(subject)))).flat();
  return [...findings.filter(({ severity }) => severity === 'problem'), ...findings.filter(({ severity }) => severity === 'advice')];
}
