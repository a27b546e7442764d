/** The streams and the environment in, how this run may talk out. */

export interface Streams {
  readonly stdin: { readonly isTTY?: boolean | undefined };
  readonly stdout: { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };
}

/**
 * What coding agents set for the commands that they run, and do not want to be set by a person; as the agents' own
 * documents and @vercel/detect-agent, std-env and am-i-vibing have them.
 */
export const AGENTS = [
  'AI_AGENT',
  'AMP_CURRENT_THREAD_ID',
  'ANTIGRAVITY_AGENT',
  'AUGMENT_AGENT',
  'CLAUDECODE',
  'CODEX_CI',
  'CODEX_SANDBOX',
  'CODEX_THREAD_ID',
  'COPILOT_CLI',
  'CRUSH',
  'CURSOR_AGENT',
  'GEMINI_CLI',
  'GOOSE_TERMINAL',
  'OPENCODE',
  'PI_CODING_AGENT',
  'QWEN_CODE',
] as const;

/**
 * Questions need a person, and a program may have a terminal, too.
 *
 * @returns the variable by which a program shows that it drives the terminal: a CI, or a coding agent; none for a person
 */
export function findDriver(env: Readonly<NodeJS.ProcessEnv>): string | undefined {
  return ['CI', ...AGENTS].find((name) => isSet(env[name]));
}

export function isTerminal({ stdin, stdout }: Streams): boolean {
  return stdin.isTTY === true && stdout.isTTY === true;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
