/** Run as a process: writes the small plan, and sends itself a signal at one call. SIGNAL, INDEX, ROOM and ON_CONFLICT say how. */
import disk from 'node:fs';
import { holdSignals } from '../../src/io/signals.ts';
import { survey } from '../../src/io/survey.ts';
import { inspectTarget } from '../../src/io/target.ts';
import { write } from '../../src/io/write.ts';
import { NOW, PLAN } from './plans.ts';
import { disturb } from './disturb.ts';

const { SIGNAL, INDEX, ROOM = '', ON_CONFLICT } = process.env;
const onConflict = ON_CONFLICT as 'fail' | 'keep' | 'overwrite';
const target = inspectTarget('app', ROOM, disk, onConflict);
const steps = survey(PLAN, target, disk, onConflict);
const { fs, reached } = disturb(disk, Number(INDEX), () => process.kill(process.pid, SIGNAL as NodeJS.Signals));

try {
  await holdSignals((check) => write(steps, target, { fs, check, pid: process.pid, now: NOW }));
  process.stdout.write(reached() ? 'written' : 'beyond');
} catch (error) {
  process.stdout.write(`undone: ${(error as Error).name}`);
}
