/** Findings in, what a person or a program reads out. */
import type { Finding } from './finding.ts';

/**
 * The one document of `doctor --json`:
 *
 *     {
 *       "schemaVersion": 1,
 *       "directory": "my-app",         as it was given
 *       "healthy": false,              true where there is no problem, whatever is advised
 *       "problems": 1,                 how many findings of each severity
 *       "advice": 0,
 *       "findings": [                  problems first; [] where all is well
 *         {
 *           "id": "port-taken",        stable, for programs; may occur more than once
 *           "severity": "problem",     or "advice"
 *           "title": "…",              what and where, one sentence
 *           "cause": "…",              why it matters
 *           "remedy": "…"              the command or the action that mends it
 *         }
 *       ]
 *     }
 */
export interface Diagnosis {
  readonly schemaVersion: 1;
  readonly directory: string;
  readonly healthy: boolean;
  readonly problems: number;
  readonly advice: number;
  readonly findings: readonly Finding[];
}

/** Plain text that ends in a line break. */
export function formatFindings(findings: readonly Finding[]): string {
  if (findings.length === 0) return 'All is well.\n';
  const { problems, advice } = count(findings);
  const counted = [`${problems} ${problems === 1 ? 'problem' : 'problems'}`, `${advice} ${advice === 1 ? 'piece' : 'pieces'} of advice`];
  return `${findings.map(formatFinding).join('\n')}\n${counted.join(', ')}.\n`;
}

export function toDiagnosis(directory: string, findings: readonly Finding[]): Diagnosis {
  const { problems, advice } = count(findings);
  return { schemaVersion: 1, directory, healthy: problems === 0, problems, advice, findings };
}

function formatFinding({ severity, title, cause, remedy }: Finding): string {
  return `${severity.padEnd(8)} ${title}\n         why:  ${cause}\n         mend: ${remedy}\n`;
}

function count(findings: readonly Finding[]): Pick<Diagnosis, 'problems' | 'advice'> {
  const problems = findings.filter(({ severity }) => severity === 'problem').length;
  return { problems, advice: findings.length - problems };
}
