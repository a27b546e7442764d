/** A process that writes the small plan to `app`, and is killed or stopped at one of its steps. */
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { execa } from 'execa';
import { build } from 'rolldown';
import { makeRoom } from './run.ts';

export interface Writer {
  readonly script: string;
  /** At which of its calls that change the disk the signal comes. */
  readonly env: (signal: string, index: number, room: string, onConflict: string) => Readonly<Record<string, string>>;
}

export async function buildWriter(): Promise<Writer> {
  const script = join(makeRoom(), 'writer.mjs');
  await build({ input: fileURLToPath(new URL('../io/signalled-writer.ts', import.meta.url)), platform: 'node', output: { file: script, format: 'esm' } });
  return { script, env: (signal, index, room, onConflict) => ({ SIGNAL: signal, INDEX: String(index), ROOM: room, ON_CONFLICT: onConflict }) };
}

/** @returns what it said: `beyond` where it had ended before that step; nothing where the signal ended it at once */
export async function signalAt(signal: string, index: number, { script, env }: Writer, room: string, onConflict: string): Promise<string> {
  const { stdout } = await execa(process.execPath, [script], { reject: false, env: env(signal, index, room, onConflict) });
  return stdout;
}

/** A run that has stopped at a step, as a terminal stops it at Ctrl-Z. @returns how to let it go on, and what it then says */
export async function stopAt(index: number, { script, env }: Writer, room: string, onConflict: string): Promise<{ readonly goOn: () => Promise<string>; readonly kill: () => Promise<void> }> {
  const child = execa(process.execPath, [script], { reject: false, env: env('SIGSTOP', index, room, onConflict) });
  const state = async () => (await execa('ps', ['-o', 'state=', '-p', String(child.pid)], { reject: false })).stdout.trim();
  while (!(await state()).startsWith('T')) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    goOn: async () => {
      child.kill('SIGCONT');
      return (await child).stdout;
    },
    kill: async () => {
      child.kill('SIGKILL');
      await child;
    },
  };
}
