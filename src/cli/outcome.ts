/** How a run ended, as the one JSON document of `--json`; docs/outcome.schema.json describes it. */
import { createHash } from 'node:crypto';
import type { ExitCode } from '../errors.ts';
import type { FileChange } from '../io/diff.ts';

export interface Outcome {
  readonly schemaVersion: 1;
  readonly outcome: 'created' | 'planned' | 'refused' | 'conflict' | 'tool-missing' | 'interrupted' | 'failed';
  readonly exitCode: ExitCode;
  /** What is wrong, a sentence each; empty where nothing is. */
  readonly faults: readonly string[];
  /** Absolute; not there where the run ended before one was settled. */
  readonly directory?: string;
  /** Makes the same project again without a question. */
  readonly command?: string;
  readonly files?: readonly OutcomeFile[];
  /** Exit code of `./docker-dev.sh start`; not there where it was not asked for. */
  readonly start?: number;
}

export interface OutcomeFile {
  /** Below the directory, with forward slashes. */
  readonly path: string;
  readonly action: FileChange['action'];
  /** POSIX permission bits in octal. */
  readonly mode: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal; null for `.env`, whose secrets are new in each run. */
  readonly sha256: string | null;
}

const OUTCOMES: Readonly<Record<ExitCode, Outcome['outcome']>> = {
  0: 'created',
  1: 'failed',
  2: 'refused',
  3: 'conflict',
  4: 'tool-missing',
  130: 'interrupted',
  143: 'interrupted',
};

export function failure(exitCode: ExitCode, faults: readonly string[]): Outcome {
  return { schemaVersion: 1, outcome: OUTCOMES[exitCode], exitCode, faults };
}

export function success(outcome: 'created' | 'planned', directory: string, command: string, changes: readonly FileChange[]): Outcome {
  return { schemaVersion: 1, outcome, exitCode: 0, faults: [], directory, command, files: changes.map(describeChange) };
}

/** The row of one file, for people and for programs alike. */
export function describeChange({ path, action, mode, content }: FileChange): OutcomeFile {
  const sha256 = path === '.env' ? null : createHash('sha256').update(content).digest('hex');
  return { path, action, mode: mode.toString(8).padStart(4, '0'), size: content.byteLength, sha256 };
}
