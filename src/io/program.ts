/** A program is run, and how it ended is the answer, whatever that is. */
import spawn, { SubprocessError, type Options } from 'nano-spawn';

export interface Ended {
  readonly failed: boolean;
  /** 0 to 255; none where a signal ended it, or where it did not run. */
  readonly exitCode?: number | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  /** It was ended since it took longer than it might. */
  readonly late: boolean;
  /** The system's, such as ENOENT, where it could not be run. */
  readonly code?: string | undefined;
  /** One sentence on why it failed. */
  readonly message?: string;
  /** Without the last end of line; empty where it is not piped. */
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Never rejects for what the program does.
 * @param options of Node's `spawn`, and `stdin: { string }` for what it is to read
 * @param patience milliseconds that it may take; without it, as long as it likes
 */
export async function runProgram(program: string, args: readonly string[], options: Options, patience?: number): Promise<Ended> {
  const running = spawn(program, args, options);
  let late = false;
  // Not Node's own timeout: after that one still waits for the output to end, which a grandchild may hold open for ever.
  const timer = patience === undefined ? undefined : setTimeout(async () => {
    late = true;
    const child = await running.nodeChildProcess;
    child.kill('SIGKILL');
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, patience);
  try {
    const { stdout, stderr } = await running;
    return { failed: false, exitCode: 0, late, stdout, stderr };
  } catch (error) {
    if (!(error instanceof SubprocessError)) throw error;
    const { exitCode, signalName, stdout, stderr, cause, message } = error;
    const { code } = (cause ?? {}) as NodeJS.ErrnoException;
    return { failed: true, exitCode, late, signal: signalName as NodeJS.Signals | undefined, code, message: cause instanceof Error ? cause.message : message, stdout, stderr };
  } finally {
    clearTimeout(timer);
  }
}
