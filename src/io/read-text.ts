/** The document that `--config` names: a file's text, or all of standard input. */
import { readFileSync } from 'node:fs';
import { UserError } from '../errors.ts';

/** Milliseconds without a byte after which a pipe that nobody ends is given up. */
const PATIENCE = 5000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path, which is seen from the working directory.',
  EACCES: 'this user may not read it. Change its mode or choose another file.',
  EISDIR: 'it is a directory. Give the file in it.',
};

/**
 * @param source a path, or `-` for standard input
 * @throws UserError (exit 2) where nothing can be read
 */
export async function readText(source: string): Promise<string> {
  if (source === '-') return readStandardInput();
  try {
    return readFileSync(source, 'utf8');
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new UserError([`--config ${source} cannot be read: ${reason}`]);
  }
}

async function readStandardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  const { stdin } = process;
  await new Promise<void>((resolve, reject) => {
    const giveUp = () => reject(new UserError([`--config - waited ${PATIENCE / 1000} s for standard input in vain. Pipe the answers in, and end the pipe.`]));
    let timer = setTimeout(giveUp, PATIENCE);
    stdin.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      clearTimeout(timer);
      timer = setTimeout(giveUp, PATIENCE);
    });
    stdin.on('end', resolve).on('error', reject);
    stdin.on('close', () => clearTimeout(timer)).on('end', () => clearTimeout(timer));
  }).finally(() => stdin.destroy());
  return Buffer.concat(chunks).toString('utf8');
}
