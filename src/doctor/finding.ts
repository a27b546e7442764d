/** What the doctor finds: what is wrong and where, why that matters, and what mends it. */

export interface Finding {
  /** Names the kind of fault and never changes; two ports that are taken are two findings with one id. */
  readonly id: string;
  /** A problem keeps the stack from starting or working, or leaks a secret; an advice does not, or may not. */
  readonly severity: 'problem' | 'advice';
  /** What and where, as one sentence. */
  readonly title: string;
  /** Why it matters, and where it comes from. */
  readonly cause: string;
  /** The command or the action that mends it. */
  readonly remedy: string;
}
