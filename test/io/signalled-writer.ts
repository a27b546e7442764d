/** Run as a process: writes the small plan, and sends itself a signal at one call. SIGNAL, INDEX, ROOM and ON_CONFLICT say how. */
import disk from 'node:fs';
import { judge } from '../../src/io/owner.ts';
import { holdSignals } from '../../src/io/signals.ts';
import { identify, startOf } from '../../src/io/this-process.ts';
import { disturb } from './disturb.ts';
import { writeTo, type OnConflict } from './surroundings.ts';

const { SIGNAL, INDEX, ROOM = '', ON_CONFLICT } = process.env;
const { fs, reached } = disturb(disk, Number(INDEX), () => process.kill(process.pid, SIGNAL as NodeJS.Signals));
const me = identify();

try {
  await holdSignals(async (check) => writeTo('app', { fs, root: ROOM }, ON_CONFLICT as OnConflict, { check, me, judge: (owner) => judge(owner, me, { startOf }) }));
  process.stdout.write(reached() ? 'written' : 'beyond');
} catch (error) {
  process.stdout.write(`undone: ${(error as Error).name}`);
}
