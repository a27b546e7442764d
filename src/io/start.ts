/** A written project in, its own start script run, its exit code out. */
import { constants } from 'node:os';
import { runProgram } from './program.ts';

export interface Started {
  /** The script's own: 0 healthy, 4 a tool is missing, else it has said what is wrong; as a shell counts where it could not run or was ended. */
  readonly exitCode: number;
  /** One sentence where the script could not run, and so has said nothing itself. */
  readonly fault?: string;
}

/** What a shell ends with where a program is there and cannot be run. */
const CANNOT_RUN = 126;

/**
 * Runs the project's own `./docker-dev.sh start`, with this terminal as its own.
 * @param output where what it prints goes
 */
export async function startStack(directory: string, output: 'stdout' | 'stderr'): Promise<Started> {
  // Windows runs no file by its first line; Docker Desktop's users have the bash of Git.
  const [file, args] = process.platform === 'win32' ? ['bash', ['docker-dev.sh', 'start']] : ['./docker-dev.sh', ['start']];
  const printed = output === 'stdout' ? 'inherit' : process.stderr;
  const ended = await runProgram(file, args, { cwd: directory, stdin: 'inherit', stdout: printed, stderr: 'inherit' });
  if (ended.exitCode !== undefined) return { exitCode: ended.exitCode };
  if (ended.signal !== undefined) return { exitCode: 128 + constants.signals[ended.signal] };
  if (ended.code === 'ENOENT') return { exitCode: 4, fault: `${file} could not be started, since bash is not installed. Install it, then run ./docker-dev.sh start.` };
  if (ended.code === 'EACCES' || ended.code === 'EPERM') {
    return { exitCode: CANNOT_RUN, fault: `${file} may not be run there (${ended.code}): the file system or a policy of this system forbids it. Start the project with: bash docker-dev.sh start` };
  }
  return { exitCode: CANNOT_RUN, fault: `${file} could not be started: ${ended.message ?? ended.code ?? 'no reason given'}` };
}
