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
declare const LIMIT_KEYS: readonly ['cpus', 'cpus-reserve', 'memory', 'memory-reserve'];
type LimitKey = (typeof LIMIT_KEYS)[number];
/** CPUs as a number of cores, memory in MiB. */
type ServiceLimits = Readonly<Record<LimitKey, number>>;
type JsonSchema = Readonly<Record<string, unknown>>;
/** How the value is asked for at a terminal; an option without it is never asked. */
type Question = {
  readonly kind: 'confirm';
  readonly message: string;
} | {
  readonly kind: 'text';
  readonly message: string;
} | {
  readonly kind: 'select';
  readonly message: string;
  readonly choices: readonly Choice[];
};
interface Choice {
  readonly value: string;
  readonly hint: string;
}
/** What is known of the other answers when a default is worked out. */
interface Known {
  readonly directory?: string | undefined;
}
/**
 * What an option is for.
 * `project` shapes the emitted files, `run` says what this run does around them.
 */
type Scope = 'project' | 'run';
interface Common<Key extends string, Value> {
  readonly key: Key;
  readonly scope: Scope;
  /** One line for --help, the README's table and the JSON Schema. */
  readonly summary: string;
  /** The default in words, for people. */
  readonly defaultText: string;
  /** The value where none was given; undefined where there is none, and it must be given. */
  readonly default: (known: Known) => Value | undefined;
  readonly schema: JsonSchema;
  readonly ask?: Question;
}
/** `--flag` and `--no-flag`. */
interface Toggle<Key extends string = string> extends Common<Key, boolean> {
  readonly kind: 'toggle';
  readonly flag: string;
}
/**
 * A toggle that adds a layer: the folders `templates/<part>/<flag>/`. All that follows from it is derived: the layers
 * chosen, the names that templates may use, the summary, the services whose limits can be set, the Compose profiles.
 */
interface Feature<Key extends string = string, Service extends string = string> extends Toggle<Key> {
  readonly layer: true;
  /** In a few words, for the summary: what it adds. */
  readonly title: string;
  /** The Compose profile that its services are behind, turned on with it. */
  readonly profile?: string;
  /** The limits of the services that it adds, as in the architecture's table. */
  readonly services: Readonly<Record<Service, ServiceLimits>>;
}
declare const FEATURES: readonly [Feature<"celery", "celery">, Feature<"websockets", never>];
type Listed = (typeof FEATURES)[number];
/** Which features a project has. */
type Features = Readonly<Record<Listed['key'], boolean>>;
/** The same keys and values as `--config` takes; all but the name have the command's defaults. Each feature is a key of its own. */
interface ProjectOptions extends Partial<Features> {
  /** Lower-case letters, digits and single hyphens, 40 characters at most; prefix of containers, volumes and the network. */
  readonly name: string;
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
  /** `AGENTS.md` and `CLAUDE.md`; true unless it is given. */
  readonly agents?: boolean;
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