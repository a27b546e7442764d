/** `--help` and `--version` alone on the command line, without streams and without a module loader. */
import { writeSync } from 'node:fs';
import { helpText } from './help.ts';

const STANDARD_OUTPUT = 1;

/** @returns whether there is nothing left to do */
export function answerQuickly(argv: readonly string[]): boolean {
  const [flag] = argv;
  if (argv.length !== 1 || flag === undefined) return false;
  // process.stdout would take milliseconds to open; its width is asked for only where a terminal may have one.
  if (flag === '--version' || flag === '-v') return put(`${VERSION}\n`);
  if (flag === '--help' || flag === '-h') return put(helpText(Number(process.env['COLUMNS']) || 80));
  return false;
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
