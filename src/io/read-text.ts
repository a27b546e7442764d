/** The document that `--config` names: a file's text, or all of standard input. */
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { UserError } from '../errors.ts';

/** How long a pipe may be silent, in milliseconds. */
export interface Patience {
  /** Till the person is told what is waited for: a producer may ask somebody, or a network. */
  readonly word: number;
  /** Till it is given up: a pipe that nobody fills or ends must not hold a CI for ever. */
  readonly end: number;
}

const PATIENCE: Patience = { word: 5000, end: 300_000 };

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path, which is seen from the working directory.',
  EACCES: 'this user may not read it. Change its mode or choose another file.',
  EISDIR: 'it is a directory. Give the file in it.',
};

/**
 * @param source a path, or `-` for standard input
 * @param say is handed one sentence where standard input is silent for long
 * @throws UserError (exit 2) where nothing can be read
 */
export async function readText(source: string, say: (sentence: string) => void): Promise<string> {
  if (source === '-') return readToEnd(process.stdin, say);
  try {
    return readFileSync(source, 'utf8');
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) throw error;
    throw new UserError([`--config ${source} cannot be read: ${reason}`]);
  }
}

export async function readToEnd(input: Readable, say: (sentence: string) => void, { word, end }: Patience = PATIENCE): Promise<string> {
  const chunks: Buffer[] = [];
  const wait = setTimeout(() => say('Waiting for the answers on standard input, and for its end (--config -).'), word);
  await new Promise<void>((resolve, reject) => {
    const giveUp = () => reject(new UserError([`--config - waited ${end / 1000} s for standard input in vain. Pipe the answers in, and end the pipe.`]));
    const silence = setTimeout(giveUp, end);
    input.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      silence.refresh();
    });
    input.on('end', resolve).on('error', reject);
    input.on('close', () => clearTimeout(silence)).on('end', () => clearTimeout(silence));
  }).finally(() => {
    clearTimeout(wait);
    input.destroy();
  });
  return Buffer.concat(chunks).toString('utf8');
}
