/** The programmatic interface: options in, a plan or a project out. What the command does beyond that (questions, git, start) is not here. */
import { parseConfig } from './cli/config.ts';
import { mergeAnswers } from './cli/partial-answers.ts';
import { explainClash, applyDefaults } from './cli/apply-defaults.ts';
import { create as write } from './io/create-project.ts';
import { UserError } from './errors.ts';
import { gatherFacts, measureHost } from './io/facts.ts';
import { readTemplates } from './io/templates.ts';
import type { Features } from './options/features.ts';
import { resolve, type Options } from './options/resolve.ts';
import { plan as planFiles } from './plan/plan.ts';

export { UserError };

/** The same keys and values as `--config` takes; all but the name have the command's defaults. Each feature is a key of its own. */
export interface ProjectOptions extends Partial<Features> {
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

export interface ProjectFile {
  /** Below the project's folder, with forward slashes. */
  readonly path: string;
  /** UTF-8 for text. */
  readonly content: Uint8Array;
  /** POSIX permission bits: 0o644, 0o755, or 0o600 for `.env`. */
  readonly mode: number;
}

export interface ProjectPlan {
  /** Sorted by path, each path once. `.env` has new secrets in each plan. */
  readonly files: readonly ProjectFile[];
  /** The command line that makes the same project. */
  readonly command: string;
}

export interface CreatedProject {
  /** Absolute. */
  readonly directory: string;
  /** What was done to each file; `keep` and `overwrite` only in a folder that had files. */
  readonly files: readonly { readonly path: string; readonly action: 'create' | 'same' | 'keep' | 'overwrite' }[];
}

/**
 * Works the project out without touching the disk.
 * @throws UserError with every fault in the options
 */
export function plan(options: ProjectOptions): ProjectPlan {
  return planFiles(check(options), readTemplates(), gatherFacts(VERSION));
}

/**
 * Writes the project: all of it, or nothing.
 * @param target the project's folder, absolute or seen from the working directory
 * @param onConflict for a folder that has files: refuse it, keep what differs, or overwrite it with a backup under `.devstack/backup/`
 * @throws UserError with every fault in the options, or where the target is in conflict or cannot be written
 */
export async function create(options: ProjectOptions, target: string, onConflict: 'fail' | 'keep' | 'overwrite' = 'fail'): Promise<CreatedProject> {
  const checked = check(options);
  const written = await write(checked, { directory: target, onConflict }, gatherFacts(VERSION));
  return { directory: written.target.path, files: written.changes.map(({ path, action }) => ({ path, action })) };
}

function check(options: ProjectOptions): Options {
  const { partial, faults } = parseConfig(JSON.stringify(options), 'options');
  const missing = partial.sources.name === undefined ? ['options: name is needed, such as { name: "my-app" }.'] : [];
  const { answers } = applyDefaults(mergeAnswers(partial, { answers: { directory: 'app' }, sources: {} })); // the target has a parameter of its own
  const { options: checked, clashes } = resolve(answers, measureHost());
  const all = [...missing, ...faults, ...clashes.map((clash) => explainClash(clash, partial.sources))];
  if (all.length > 0) throw new UserError(all);
  return checked;
}
