import { expect, it } from 'vitest';
import type { Finding } from '../../src/doctor/finding.ts';
import { formatFindings, toDiagnosis } from '../../src/doctor/format.ts';

const PROBLEM: Finding = { id: 'port-taken', severity: 'problem', title: 'Port 80 is taken.', cause: 'Two want it.', remedy: 'Stop one' };
const ADVICE: Finding = { ...PROBLEM, severity: 'advice' };

it('says that all is well', () => {
  expect(formatFindings([])).toBe('All is well.\n');
});

it('tells each finding with its cause and remedy, and counts them', () => {
  expect(formatFindings([PROBLEM, ADVICE, ADVICE])).toMatchInlineSnapshot(`
    "problem  Port 80 is taken.
             why:  Two want it.
             mend: Stop one

    advice   Port 80 is taken.
             why:  Two want it.
             mend: Stop one

    advice   Port 80 is taken.
             why:  Two want it.
             mend: Stop one

    1 problem, 2 pieces of advice.
    "
  `);
});

it.each([
  [[], true, 0, 0],
  [[ADVICE], true, 0, 1],
  [[PROBLEM, ADVICE], false, 1, 1],
])('is healthy without a problem, whatever is advised: %#', (findings: readonly Finding[], healthy, problems, advice) => {
  expect(toDiagnosis('app', findings)).toEqual({ schemaVersion: 1, directory: 'app', healthy, problems, advice, findings });
});
