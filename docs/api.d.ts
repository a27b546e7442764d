/** Errors that a person can mend (UserError), and the one that says they changed their mind (Interrupted). */
/** What the process exits with; 1 is reserved for a fault of ours. */
type ExitCode = 0 | 1 | 2 | 3 | 4 | 130 | 143;
/**
 * Something that the person who runs the command can mend.
 * Each fault is one sentence or two: what happened, where, what to do.
 */
declare class UserError extends Error {
  readonly faults: readonly string[];
  readonly exitCode: Extract<ExitCode, 2 | 3 | 4>;
  /**
   * @param faults every fault found, so that all are reported at once
   * @param exitCode 2 wrong usage or input, 3 the target is in conflict, 4 a tool is missing
   */
  constructor(faults: readonly string[], exitCode?: Extract<ExitCode, 2 | 3 | 4>);
}
/** The same keys and values as `--config` takes; all but the name have the command's defaults. */
interface ProjectOptions {
  /** Lower-case letters, digits and single hyphens, 40 characters at most; prefix of containers, volumes and the network. */
  readonly name: string;
  /** Add a Celery worker. */
  readonly celery?: boolean;
  /** Add WebSockets: Django Channels over Redis. */
  readonly websockets?: boolean;
  /** Host ports, 1 to 65535, each its own. */
  readonly proxyPort?: number;
  readonly frontendPort?: number;
  readonly backendPort?: number;
  readonly dbPort?: number;
  readonly redisPort?: number;
  /** The architecture's table of limits, or that table scaled to this machine. */
  readonly limits?: 'default' | 'fit';
  /** Single limits as `SERVICE.KEY=VALUE`, such as `db.memory=1g` or `backend.cpus=1.5`. */
  readonly limit?: readonly string[];
  readonly images?: 'baseline' | 'current';
}
interface ProjectFile {
  /** Below the project's folder, with forward slashes. */
  readonly path: string;
  /** UTF-8 for text. */
  readonly content: Uint8Array;
  /** POSIX permission bits: 0o644, 0o755, or 0o600 for `.env`. */
  readonly mode: number;
}
interface ProjectPlan {
  /** Sorted by path, each path once. `.env` has new secrets in each plan. */
  readonly files: readonly ProjectFile[];
  /** The command line that makes the same project. */
  readonly command: string;
}
interface CreatedProject {
  /** Absolute. */
  readonly directory: string;
  /** What was done to each file; `keep` and `overwrite` only in a folder that had files. */
  readonly files: readonly {
    readonly path: string;
    readonly action: 'create' | 'same' | 'keep' | 'overwrite';
  }[];
}
/**
 * Works the project out without touching the disk.
 * @throws UserError with every fault in the options
 */
declare function plan(options: ProjectOptions): ProjectPlan;
/**
 * Writes the project: all of it, or nothing.
 * @param target the project's folder, absolute or seen from the working directory
 * @param onConflict for a folder that has files: refuse it, keep what differs, or overwrite it with a backup under `.devstack/backup/`
 * @throws UserError with every fault in the options, or where the target is in conflict or cannot be written
 */
declare function create(options: ProjectOptions, target: string, onConflict?: 'fail' | 'keep' | 'overwrite'): Promise<CreatedProject>;
export { CreatedProject, ProjectFile, ProjectOptions, ProjectPlan, UserError, create, plan };