/** The flags that are no choice about a project: what kind of run this is. */

export interface Mode {
  readonly flag: string;
  readonly short?: string;
  /** Given where the flag takes a value. */
  readonly placeholder?: string;
  readonly summary: string;
}

export const MODES = {
  yes: { flag: 'yes', short: 'y', summary: 'take the defaults for all that is not given; ask nothing' },
  config: { flag: 'config', placeholder: 'FILE', summary: 'answers as JSON, from a file, or from standard input where FILE is -' },
  dryRun: { flag: 'dry-run', summary: 'print what would be written; write nothing' },
  json: { flag: 'json', summary: 'one JSON document on standard output, all else on standard error' },
  printSchema: { flag: 'print-schema', summary: 'print the JSON Schema of --config' },
  help: { flag: 'help', short: 'h', summary: 'show this help' },
  version: { flag: 'version', short: 'v', summary: 'show the version' },
} as const satisfies Readonly<Record<string, Mode>>;

export type ModeName = keyof typeof MODES;
export type Modes = Readonly<Record<Exclude<ModeName, 'config'>, boolean>> & { readonly config?: string };
