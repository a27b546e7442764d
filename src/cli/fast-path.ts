/** `--help` and `--version` alone on the command line, without streams and without a module loader. */
import { fstatSync, writeSync } from 'node:fs';
import { helpText } from './help.ts';

const STANDARD_OUTPUT = 1;

/** @returns whether there is nothing left to do */
export function answerFast(argv: readonly string[]): boolean {
  const [flag] = argv;
  if (argv.length !== 1 || flag === undefined) return false;
  if (flag === '--version' || flag === '-v') return put(`${VERSION}\n`);
  if (flag === '--help' || flag === '-h') return put(helpText(columns()));
  return false;
}

/** Opening process.stdout takes milliseconds, as loading `node:tty` does, so it is asked only where it may be a terminal. */
function columns(): number {
  return mayBeTerminal() ? (process.stdout.columns ?? 80) : 80;
}

function mayBeTerminal(): boolean {
  try {
    return fstatSync(STANDARD_OUTPUT).isCharacterDevice();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return false; // a console that the system describes in no other way
  }
}

function put(text: string): boolean {
  try {
    writeSync(STANDARD_OUTPUT, text);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EPIPE') return true; // the reader has seen enough
    if (code === 'EAGAIN') return false; // a pipe that does not block and is full: the slow way waits for it
    throw error;
  }
}
