/** What a question is: what is known so far in, the answers of one subject out; none where the default is as good. */
import type { Listener } from '../../io/listening-ports.ts';
import type { Answers } from '../../options/index.ts';
import type { Host } from '../../options/service-limits.ts';

/** What the questions need to know of the machine. */
export interface Surroundings {
  readonly host: Host;
  /** Who listens on which port; looked up while the first questions are answered. */
  readonly listeners: Promise<readonly Listener[]>;
  /** One sentence where a directory cannot be the target. */
  readonly refuseTarget: (directory: string) => string | undefined;
}

export type Question = (known: Partial<Answers>, surroundings: Surroundings) => Promise<Partial<Answers>>;
