/** A table of machines, as tests: what each check finds, and which words tell the person. */
import { expect, it } from 'vitest';
import type { Check } from '../../src/doctor/subject.ts';
import { examine, type Machine } from './fake-system.ts';

export interface Case {
  readonly name: string;
  readonly machine?: Machine;
  /** `severity id`, in order; none where all is well. */
  readonly finds: readonly string[];
  /** Occurs in the title, cause or remedy of the first. */
  readonly says?: readonly string[];
}

export function testCases(check: Check, cases: readonly Case[]): void {
  it.each(cases)('$name', async ({ machine, finds, says = [] }) => {
    const findings = await examine(check, machine);
    expect(findings.map(({ severity, id }) => `${severity} ${id}`)).toEqual(finds);
    const told = findings[0] === undefined ? '' : `${findings[0].title}\n${findings[0].cause}\n${findings[0].remedy}`.replaceAll('\\', '/');
    for (const words of says) expect(told).toContain(words.replaceAll('\\', '/'));
  });
}
