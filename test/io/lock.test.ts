/** One run at a time for one target. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatOwner, type Owner, type Verdict } from '../../src/io/owner.ts';
import { transact } from '../../src/io/transaction.ts';
import { disturb } from './disturb.ts';
import { FILLED } from './plans.ts';
import { look, ME, recover, surround, writeTo } from './surroundings.ts';
import { SYSTEMS, treeOf, type Room } from './systems.ts';

/** A clock that shows so many milliseconds more than the file system's, and goes on in pauses alone. */
function later(milliseconds: number) {
  let now = Date.now() + milliseconds;
  return { clock: () => now, pause: async (pause: number) => void (now += pause) };
}

const OTHER: Owner = { ...ME, pid: 7, host: 'laptop', nonce: '11111111' };

describe.each(SYSTEMS)('on %s', (_, make) => {
  const stageOf = (folder: string) => `${folder}/${formatOwner(OTHER)}`;

  describe.each([
    ['a target that is not there', {}, '.app.devstack-stage'],
    ['a folder', { 'app/mine': '' }, 'app/.devstack-stage'],
  ] as const)('%s', (__, files, stage) => {
    it.each([
      ['alive', 'Another run of create-devstack (process 7) is writing to app. Wait for it to end, then run the command again.'],
      ['elsewhere', 'Another run of create-devstack (process 7 of laptop) is writing to app, or was ended less than a minute ago.'],
      ['untold', 'Run the command again in a minute; if it was ended, you need not wait: rename '],
      ['foreign', 'A run of create-devstack on another machine, laptop, is writing to app. Wait for it to end; if it was ended, rename '],
    ] as const)('that a run holds which is %s is refused, and all is left alone', async (verdict, sentence) => {
      const room = make({ ...files, [`${stageOf(stage)}/files/a`]: '' });
      const before = treeOf(room);
      const { clock, pause } = later(50_000);
      for (const attempt of [async () => writeTo('app', room, 'keep', { judge: () => verdict, clock, pause }), async () => look('app', room, 'keep', { judge: () => verdict, clock })]) {
        await expect(attempt()).rejects.toMatchObject({ exitCode: 3, message: expect.stringContaining(sentence) });
        expect(treeOf(room)).toEqual(before);
      }
    });

    it('that a run held which is dead is free', async () => {
      const room = make({ ...files, [`${stageOf(stage)}/files/a`]: '' });
      await writeTo('app', room, 'keep');
      expect(Object.keys(treeOf(room)).filter((path) => path.includes('devstack-stage'))).toEqual([]);
    });

    it.each(['elsewhere', 'untold'] as const)('that a run holds which is %s is free when it has been silent for a minute', async (verdict) => {
      const room = make({ ...files, [`${stageOf(stage)}/files/a`]: '' });
      await writeTo('app', room, 'keep', { judge: () => verdict, ...later(61_000) });
      expect(Object.keys(treeOf(room)).filter((path) => path.includes('devstack-stage'))).toEqual([]);
    });

    it('that a run of this container held before it was started anew is free, as soon as that run is known to be silent', async () => {
      const room = make({ ...files, [`${stageOf(stage)}/files/a`]: '' });
      const { clock, pause } = later(0);
      const started = clock();
      await writeTo('app', room, 'keep', { judge: () => 'earlier', clock, pause });
      expect(clock() - started).toBeLessThan(3500);
      expect(Object.keys(treeOf(room)).filter((path) => path.includes('devstack-stage'))).toEqual([]);
    });

    it('that one holds which is not silent stays so', async () => {
      const room = make({ ...files, [`${stageOf(stage)}/files/a`]: '' });
      const { clock, pause } = later(0);
      const write = async (milliseconds: number) => {
        await pause(milliseconds);
        room.fs.utimesSync(join(room.root, stageOf(stage), 'files/a'), clock() / 1000, clock() / 1000);
      };
      await expect(writeTo('app', room, 'keep', { judge: () => 'earlier', clock, pause: write })).rejects.toMatchObject({ exitCode: 3 });
      expect(treeOf(room)).toHaveProperty([`${stageOf(stage)}/files/a`]);
    });

    it('that a run of another machine holds stays so, be it silent for a year, until a person says that it has ended', async () => {
      const room = make({ ...files, [`${stageOf(stage)}/files/a`]: '' });
      const foreign = { judge: (): Verdict => 'foreign', ...later(365 * 86_400_000) };
      const message = await writeTo('app', room, 'keep', foreign).catch((error: Error) => error.message);
      const [, from = '', to = ''] = /rename (.*) to (unfinished-\w+),/.exec(String(message)) ?? [];
      room.fs.renameSync(from, join(from, '..', to));
      await writeTo('app', room, 'keep', foreign);
      expect(treeOf(room)).toHaveProperty(['app/c.txt']);
    });

    it('whose stage was made by a run that was killed before it had a folder in it is free', async () => {
      const room = make(files);
      room.fs.mkdirSync(join(room.root, stage));
      await writeTo('app', room, 'keep', { judge: () => 'alive' });
      expect(Object.keys(treeOf(room)).filter((path) => path.includes('devstack-stage'))).toEqual([]);
    });
  });

  it('two runs that meet between any two steps: at most one is in at a time, and nothing is left', async () => {
    let met = 0;
    for (let index = 0; index < 40; index += 1) {
      const room = make(FILLED);
      const before = treeOf(room);
      let within = 0;
      const stay = async (cwd: Room, changes: object) =>
        transact('app', surround(cwd, { judge: () => 'alive', ...changes }), () => {}, async () => {
          within += 1;
          await new Promise(setImmediate);
          expect(within).toBe(1);
          within -= 1;
        }).catch((error: { exitCode?: number }) => {
          expect(error).toMatchObject({ exitCode: 3 });
          met += 1;
        });
      let second: Promise<void> | undefined;
      const pause = async () => new Promise<void>((resolve) => setImmediate(resolve));
      const { fs } = disturb(room.fs, index, () => (second = stay(room, { me: OTHER, pause })));
      await stay({ fs, root: room.root }, { pause });
      await second;
      expect(treeOf(room), `at call ${index}`).toEqual(before);
    }
    expect(met).toBeGreaterThan(3);
  });

  it('two that find the same dead run: one takes it over', async () => {
    for (let index = 0; index < 12; index += 1) {
      const dead = { ...ME, pid: 9, nonce: '99999999' };
      const journal = JSON.stringify({ moves: [{ path: 'c.txt', backup: 'old.txt' }], folders: [] });
      const stage = `app/.devstack-stage/${formatOwner(dead)}`;
      const room = make({ 'app/c.txt': 'half', 'app/old.txt': 'theirs\n', [`${stage}/files/a`]: '', [`${stage}/journal.json`]: journal });
      const judge = ({ pid }: Owner): Verdict => (pid === 9 ? 'dead' : 'alive');
      let second: Promise<unknown> | undefined;
      const { fs } = disturb(room.fs, index, () => (second = recover('app', room, { me: OTHER, judge }).catch((error: unknown) => error)));
      const first = await recover('app', { fs, root: room.root }, { judge }).catch((error: unknown) => error);
      for (const outcome of [first, await second]) if (typeof outcome === 'object') expect(outcome).toMatchObject({ exitCode: 3 });
      expect([first, await second]).toContain(true);
      expect(treeOf(room), `at call ${index}`).toEqual({ '.keep': '', 'app/': '', 'app/c.txt': 'theirs\n' });
    }
  });

  it('a run that was only stopped, and taken for dead, does no harm when it goes on', async () => {
    for (let index = 3; index < 40; index += 1) {
      const room = make(FILLED);
      let second: Promise<unknown> | undefined;
      const judge = (): Verdict => 'dead';
      // Goes on when the other has finished: on this file system every step of it is done before the call returns.
      const { fs, reached } = disturb(room.fs, index, () => (second ??= writeTo('app', { fs: room.fs, root: room.root }, 'keep', { me: OTHER, judge })));
      const first = await writeTo('app', { fs, root: room.root }, 'overwrite', { judge }).catch((error: unknown) => error);
      await second;
      if (!reached()) break;
      const after = treeOf(room);
      expect(after, `at call ${index}: ${String(first)}`).toMatchObject({ 'app/.env': FILLED['app/.env'], 'app/mine/notes.txt': 'mine\n' });
      if (Array.isArray(first)) expect(after, `at call ${index}`).toMatchObject({ 'app/c.txt': 'ours\n' });
      else expect(after, `at call ${index}: ${String(first)}`).toMatchObject({ 'app/c.txt': 'theirs\n' });
    }
  });
});

