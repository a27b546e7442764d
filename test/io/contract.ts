/** What target, diff, stage, journal and write promise of any file system; each of those runs it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Interrupted, UserError } from '../../src/errors.ts';
import type { FileSystem } from '../../src/io/file-system.ts';
import { formatOwner } from '../../src/io/owner.ts';
import { disturb } from './disturb.ts';
import { FILLED, NOW } from './plans.ts';
import { look, ME, recover, writeTo, type OnConflict } from './surroundings.ts';
import { treeOf, type MakeRoom, type Room } from './systems.ts';

/** The room with another device mounted at its folder `app`. */
function mounted({ fs, root }: Room): Room {
  const device = (path: unknown) => (String(path) === join(root, 'app') || String(path).startsWith(join(root, 'app', '/')) ? 2 : 1);
  const over: Partial<FileSystem> = {
    statSync: ((path: string, options?: { throwIfNoEntry: false }) => {
      const kind = fs.statSync(path, options as undefined);
      return kind === undefined ? undefined : Object.assign(kind, { dev: device(path) });
    }) as FileSystem['statSync'],
    renameSync: (from, to) => {
      if (device(from) !== device(to)) throw Object.assign(new Error('EXDEV'), { code: 'EXDEV' });
      fs.renameSync(from, to);
    },
  };
  return { fs: { ...disturb(fs, -1, () => {}).fs, ...over }, root };
}

const asItIs = (room: Room) => room;

const SITUATIONS: readonly (readonly [string, Readonly<Record<string, string>>, OnConflict, (room: Room) => Room])[] = [
  ['a target that is not there', {}, 'fail', asItIs],
  ['an empty folder', { 'app/.git/HEAD': '' }, 'fail', asItIs],
  ['a filled folder, to keep', FILLED, 'keep', asItIs],
  ['a filled folder, to overwrite', FILLED, 'overwrite', asItIs],
  ['a mount point, to overwrite', FILLED, 'overwrite', mounted],
];

/** @param make an empty room, or one with these files: path below its root to text */
export function promises(make: MakeRoom): void {
  it('writes every file with its content, and leaves no stage', async () => {
    const room = make();
    await writeTo('x/app', room);
    const files = Object.entries(treeOf(room)).filter(([path]) => !path.endsWith('/'));
    expect(files).toEqual([['.keep', ''], ['x/app/.env', 'A=b\n'], ['x/app/a/b/run.sh', '#!/bin/sh\n'], ['x/app/a/same.txt', 'same\n'], ['x/app/c.txt', 'ours\n']]);
  });

  it('fills a folder without replacing it', async () => {
    const room = make({ 'app/.git/HEAD': '' });
    const inode = room.fs.statSync(join(room.root, 'app')).ino;
    await writeTo('app', room);
    expect(room.fs.statSync(join(room.root, 'app')).ino).toBe(inode);
    expect(treeOf(room)).toMatchObject({ 'app/a/b/run.sh': '#!/bin/sh\n', 'app/.git/HEAD': '' });
  });

  it('keep: adds what is not there, and nothing else', async () => {
    const room = make(FILLED);
    const changes = await writeTo('app', room, 'keep');
    expect(changes.map(({ path, action }) => `${action} ${path}`)).toEqual(['keep .env', 'create a/b/run.sh', 'same a/same.txt', 'keep c.txt']);
    expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/a/': '', 'app/a/b/': '', 'app/mine/': '', 'app/a/b/run.sh': '#!/bin/sh\n', ...FILLED });
  });

  it('overwrite: what differs moves into the backup; .env and what is not ours stay', async () => {
    const room = make(FILLED);
    const changes = await writeTo('app', room, 'overwrite');
    expect(changes.map(({ path, action }) => `${action} ${path}`)).toEqual(['keep .env', 'create a/b/run.sh', 'same a/same.txt', 'overwrite c.txt']);
    expect(treeOf(room)).toMatchObject({ ...FILLED, 'app/c.txt': 'ours\n', [`app/.devstack/backup/${NOW}/c.txt`]: 'theirs\n' });
  });

  it('a second time there is nothing to do', async () => {
    const room = make(FILLED);
    await writeTo('app', room, 'overwrite');
    const before = treeOf(room);
    const changes = await writeTo('app', room, 'overwrite');
    expect(new Set(changes.map(({ action }) => action))).toEqual(new Set(['keep', 'same']));
    expect(treeOf(room)).toEqual(before);
  });

  it('a folder that has files is a conflict unless told otherwise', () => {
    const room = make();
    const message = 'The target . is not empty (it has .keep). Choose another directory, or pass --on-conflict keep to add only what is not there.';
    expect(() => look('.', room)).toThrow(new UserError([message], 3));
  });

  it('a file is a conflict, as the target or above it', () => {
    const room = make();
    expect(() => look('.keep', room, 'overwrite')).toThrow('The target .keep is a file.');
    expect(() => look('.keep/app', room)).toThrow('The target .keep/app cannot be made, since .keep is a file.');
  });

  it('a folder for a file and a file for a folder are conflicts, told at once', async () => {
    const room = make({ 'app/c.txt/file': '', 'app/a': '' });
    await expect(writeTo('app', room, 'overwrite')).rejects.toThrow(
      new UserError(
        [
          'a is a file, and a folder is to be there. Move it, or choose another directory.',
          'c.txt is a folder, and a file is to be there. Move it, or choose another directory.',
        ],
        3,
      ),
    );
  });

  describe.each(SITUATIONS)('into %s', (__, files, onConflict, arrange) => {
    it.each(['ENOSPC', 'EACCES', 'EXDEV', 'EMFILE'])('%s at any call leaves everything as it was', async (code) => {
      for (let index = 0; ; index += 1) {
        const room = arrange(make(files));
        const before = treeOf(room);
        const failing = disturb(room.fs, index, () => {
          throw Object.assign(new Error(code), { code });
        });
        const error: unknown = await writeTo('app', room, onConflict, { fs: failing.fs }).catch((caught: unknown) => caught);
        if (!failing.reached()) return expect(index).toBeGreaterThan(5);
        if (Array.isArray(error)) continue; // the last call removes what is left of the stage, and the next run would
        expect(error, `at call ${index}`).toMatchObject({ exitCode: 3, message: expect.stringMatching(/Writing .* failed: .* Nothing was written\./) });
        expect(treeOf(room), `at call ${index}`).toEqual(before);
      }
    });

    it('an interruption at any check leaves everything as it was', async () => {
      for (let index = 0; ; index += 1) {
        const room = arrange(make(files));
        const before = treeOf(room);
        let checks = -1;
        const check = async () => {
          checks += 1;
          if (checks === index) throw new Interrupted(143);
        };
        const error: unknown = await writeTo('app', room, onConflict, { check }).catch((caught: unknown) => caught);
        if (checks < index) return expect(index).toBeGreaterThan(0);
        expect(error).toBeInstanceOf(Interrupted);
        expect(treeOf(room)).toEqual(before);
      }
    });
  });

  it('a mount point is filled from within, since nothing can be renamed into it', async () => {
    const room = mounted(make(FILLED));
    await writeTo('app', room, 'overwrite');
    expect(treeOf(room)).toMatchObject({ ...FILLED, 'app/c.txt': 'ours\n', [`app/.devstack/backup/${NOW}/c.txt`]: 'theirs\n' });
    expect(Object.keys(treeOf(room)).filter((path) => path.includes('.devstack-'))).toEqual([]);
  });

  it('nothing is made beside a folder that is there: the one around it may be somebody else\'s', async () => {
    const room = make({ 'app/.git/HEAD': '' });
    const made: string[] = [];
    const mkdirSync = ((path: string) => {
      made.push(path);
      return room.fs.mkdirSync(path);
    }) as FileSystem['mkdirSync'];
    await writeTo('app', room, 'fail', { fs: { ...disturb(room.fs, -1, () => {}).fs, mkdirSync } });
    expect(made[0]).toBe(join(room.root, 'app', '.devstack-stage'));
    expect(made.filter((path) => !path.startsWith(join(room.root, 'app')))).toEqual([]);
  });

  it('what comes to stand there while it writes is a conflict, and stays', async () => {
    const room = make();
    const elsewhere = join(room.root, 'app', 'theirs.txt');
    const check = async () => {
      room.fs.mkdirSync(join(room.root, 'app'));
      room.fs.writeFileSync(elsewhere, 'theirs\n');
    };
    await expect(writeTo('app', room, 'fail', { check })).rejects.toMatchObject({ exitCode: 3 });
    expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/theirs.txt': 'theirs\n' });
  });

  it('a stage that cannot be removed is no reason to fail, and the next run sweeps it, in the same process too', async () => {
    const room = make();
    const rmSync: FileSystem['rmSync'] = (path, options) => {
      if (String(path).includes('run_')) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
      room.fs.rmSync(path, options);
    };
    await writeTo('app', room, 'fail', { fs: { ...disturb(room.fs, -1, () => {}).fs, rmSync } });
    await recover('app', room, { judge: () => 'alive' });
    expect(Object.keys(treeOf(room)).filter((path) => path.includes('devstack-stage'))).toEqual([]);
  });

  describe('a roll-back that fails itself', () => {
    /** The third file cannot be moved into its place, and the second not out of it: another program holds it open. */
    const holding = ({ fs, root }: Room): FileSystem => {
      const renameSync: FileSystem['renameSync'] = (from, to) => {
        if (to === join(root, 'app', 'c.txt') && String(from).includes('.devstack-stage')) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
        if (from === join(root, 'app', 'a/b/run.sh')) throw Object.assign(new Error('EBUSY'), { code: 'EBUSY' });
        fs.renameSync(from, to);
      };
      return { ...disturb(fs, -1, () => {}).fs, renameSync };
    };
    const write = async (room: Room, fs = room.fs) => writeTo('app', room, 'overwrite', { fs, judge: () => 'alive' });

    it('says what is left and how to finish, and undoes all else', async () => {
      const room = make(FILLED);
      await expect(write(room, holding(room))).rejects.toThrow(
        new UserError(
          [
            `Writing to app failed: the disk is full. Not undone of it: a/b/run.sh, since another program has something open there. Mend that, then run the same command again: it undoes the rest before anything else. To keep all as it is instead, remove ${join('app', '.devstack-stage')}.`,
          ],
          3,
        ),
      );
      expect(treeOf(room)).toMatchObject({ ...FILLED, 'app/a/b/run.sh': '#!/bin/sh\n' });
    });

    it('is finished by the next run, in the same process too', async () => {
      const room = make(FILLED);
      const before = treeOf(room);
      await expect(write(room, holding(room))).rejects.toMatchObject({ exitCode: 3 });
      expect(look('app', room, 'keep').map(({ path, action }) => `${action} ${path}`)).toContain('create a/b/run.sh');
      expect(await recover('app', room, { judge: () => 'alive' })).toBe(true);
      expect(treeOf(room)).toEqual(before);
    });

    it('is told again where the next run cannot finish it either, and by the one after that it is', async () => {
      const room = make(FILLED);
      const before = treeOf(room);
      await expect(write(room, holding(room))).rejects.toMatchObject({ exitCode: 3 });
      const left = treeOf(room);
      await expect(write(room, holding(room))).rejects.toThrow('An earlier run was ended while it filled app. Not undone of it: a/b/run.sh, since another program has something open there.');
      expect(Object.values(treeOf(room))).toEqual(Object.values(left));
      await recover('app', room);
      expect(treeOf(room)).toEqual(before);
    });
  });

  describe('what a run that was killed left', () => {
    const dead = formatOwner({ ...ME, pid: 2 });
    const half = (journal: string) => ({
      'app/c.txt': 'half',
      'app/old.txt': 'theirs\n',
      [`app/.devstack-stage/${dead}/files/a`]: '',
      [`app/.devstack-stage/${dead}/journal.json`]: journal, // last, as a run writes it
    });
    const whole = JSON.stringify({ moves: [{ path: 'c.txt', backup: 'old.txt' }], folders: [] });

    it('is undone, and swept', async () => {
      const room = make(half(whole));
      expect(await recover('app', room)).toBe(true);
      expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/c.txt': 'theirs\n' });
    });

    it('and a person has changed or made since, stays as that person has it', async () => {
      const moves = [{ path: 'c.txt', backup: 'old.txt' }, { path: 'd.txt' }, { path: 'e.txt', backup: 'old-e.txt' }];
      const room = make({ ...half(JSON.stringify({ moves, folders: [] })), 'app/d.txt': 'half', 'app/old-e.txt': 'theirs\n' });
      const later = Date.now() / 1000 + 5;
      for (const path of ['app/c.txt', 'app/d.txt']) room.fs.utimesSync(join(room.root, path), later, later);
      await recover('app', room);
      expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/c.txt': 'half', 'app/d.txt': 'half', 'app/old.txt': 'theirs\n', 'app/e.txt': 'theirs\n' });
    });

    it.each(['', '{', '{"moves": [', 'null', '{"moves": [null], "folders": []}', '{"moves": [{"path": "../.keep"}], "folders": []}'])(
      'with a journal that is not one, %j, is swept, and nothing moved',
      async (journal) => {
        const room = make(half(journal));
        expect(await recover('app', room)).toBe(false);
        expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/c.txt': 'half', 'app/old.txt': 'theirs\n' });
      },
    );

    it('beside other targets is swept too, unless that run lives or it is no such folder', async () => {
      const alive = formatOwner({ ...ME, pid: 1 });
      const room = make({ [`.other.devstack-stage/${dead}/files/a`]: '', [`.live.devstack-stage/${alive}/files/a`]: '', '.a.devstack-stage': 'a file', '.note.devstack/b': '' });
      await recover('app', room, { judge: ({ pid }) => (pid === 1 ? 'alive' : 'dead') });
      expect(Object.keys(treeOf(room)).filter((path) => !path.endsWith('/'))).toEqual(['.a.devstack-stage', '.keep', `.live.devstack-stage/${alive}/files/a`, '.note.devstack/b']);
    });
  });
}
