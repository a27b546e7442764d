/** Whether the run that a stage's folder names still lives. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { formatEnded, formatOwner, judge, parseHolder, UNKNOWN, type Owner } from '../../src/io/owner.ts';
import { identify, startOf } from '../../src/io/this-process.ts';
import { POSIX } from '../process/run.ts';
import { ME } from './surroundings.ts';

/** A system with one process, 7, that began at tick 100. */
const only7 = { startOf: (pid: number) => (pid === 7 ? '100' : undefined) };
/** One that tells no starts, as macOS and Windows. */
const silent = { startOf: (pid: number) => (pid === 7 ? UNKNOWN : undefined) };
const other: Partial<Owner> = { host: 'other', boot: 'other boot' };
const untold: Partial<Owner> = { boot: UNKNOWN, space: UNKNOWN, start: UNKNOWN };

it.each([
  ['it is there', {}, only7, 'alive'],
  ['it is gone', { pid: 8 }, only7, 'dead'],
  ['its id is another process by now, as in a container, where ids are the same few in each run', { start: '99' }, only7, 'dead'],
  ['the machine has started anew since', { boot: 'earlier' }, only7, 'dead'],
  ['another container of this machine', { space: 'other', host: 'other', machine: 'other' }, only7, 'elsewhere'],
  ['this container, before it was started anew', { space: 'earlier' }, only7, 'earlier'],
  ['another machine, with the same id', other, only7, 'foreign'],
  ['another machine, with the same id and host name', { machine: 'other', boot: 'other boot' }, only7, 'foreign'],
  ['another machine, with the same id and no word of its start', { ...other, ...untold }, only7, 'foreign'],
  ['one of this machine that could not tell when it started', untold, only7, 'untold'],
  ['one of this machine, where the system tells ids only', untold, silent, 'untold'],
  ['one that is gone, where the system tells ids only', { ...untold, pid: 8 }, silent, 'dead'],
] as const)('%s', (_, changes, processes, verdict) => {
  const me = processes === silent ? { ...ME, ...untold } : ME;
  expect(judge({ ...ME, pid: 7, ...changes }, me, processes)).toBe(verdict);
});

it('a name says all of it, and is none that a person gives', () => {
  expect(parseHolder(formatOwner(ME))).toEqual(ME);
  expect(parseHolder(formatOwner(identify()))).toMatchObject({ pid: process.pid });
  expect(formatOwner(identify()).length).toBeLessThan(180);
  expect(formatOwner(identify())).toMatch(/^[\w.-]+$/);
  expect(parseHolder(formatEnded(ME))).toBe('ended');
  for (const name of ['.DS_Store', 'files', 'run_1', 'notes.txt']) expect(parseHolder(name)).toBeUndefined();
});

it('this process lives, and one that was killed does not', async () => {
  const me = identify();
  const [start, child] = [startOf(process.pid), spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])];
  await once(child, 'spawn');
  const owner = { ...me, pid: child.pid ?? 0, start: startOf(child.pid ?? 0) ?? '' };
  expect(start).toBe(me.start);
  expect(judge(owner, me, { startOf })).toBe(me.start === UNKNOWN ? 'untold' : 'alive');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(judge(owner, me, { startOf })).toBe('dead');
});

// In a container nobody may ask how a process ended, and it is listed for ever.
it.runIf(process.platform === 'linux' && POSIX)('a process that has ended and that nobody has asked about is dead', async () => {
  const parent = spawn('bash', ['-c', 'sleep 0 & echo $!; exec sleep 5'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(parent.stdout, 'data')) as [Buffer];
  await expect.poll(() => startOf(Number(line.toString()))).toBeUndefined();
  parent.kill();
});
