/** Errors that a person can mend (UserError), and the one that says they changed their mind (Interrupted). */

/** What the process exits with; 1 is reserved for a fault of ours. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130 | 143;

/**
 * Something that the person who runs the command can mend.
 * Each fault is one sentence or two: what happened, where, what to do.
 */
export class UserError extends Error {
  /**
   * @param faults every fault found, so that all are reported at once
   * @param exitCode 2 wrong usage or input, 3 the target is in conflict, 4 a tool is missing
   */
  constructor(
    readonly faults: readonly string[],
    readonly exitCode: Extract<ExitCode, 2 | 3 | 4> = 2,
  ) {
    super(faults.join('\n'));
    this.name = 'UserError';
  }
}

/** The person pressed Ctrl-C, or the process was asked to end. */
export class Interrupted extends Error {
  constructor(readonly exitCode: Extract<ExitCode, 130 | 143> = 130) {
    super('interrupted');
    this.name = 'Interrupted';
  }
}
