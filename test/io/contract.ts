/** What target, survey, stage, journal and write promise of any file system; each of those runs it. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Interrupted, UserError } from '../../src/errors.ts';
import type { FileSystem } from '../../src/io/file-system.ts';
import { sweepStages } from '../../src/io/stage.ts';
import { survey } from '../../src/io/survey.ts';
import { inspectTarget } from '../../src/io/target.ts';
import { write } from '../../src/io/write.ts';
import { FILLED, NOW, PLAN } from './plans.ts';
import { disturb } from './disturb.ts';
import { treeOf, type MakeRoom, type Room } from './systems.ts';

type OnConflict = 'fail' | 'keep' | 'overwrite';

/** Looks with one file system and writes with another, since looking changes nothing. */
export async function writeTo(directory: string, { fs, root }: Room, onConflict: OnConflict = 'fail', writing = fs, check = async () => {}) {
  const target = inspectTarget(directory, root, fs, onConflict);
  const steps = survey(PLAN, target, fs, onConflict);
  await write(steps, target, { fs: writing, check, pid: 4711, now: NOW });
  return steps;
}

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
    const steps = await writeTo('app', room, 'keep');
    expect(steps.map(({ path, action }) => `${action} ${path}`)).toEqual(['keep .env', 'create a/b/run.sh', 'same a/same.txt', 'keep c.txt']);
    expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/a/': '', 'app/a/b/': '', 'app/mine/': '', 'app/a/b/run.sh': '#!/bin/sh\n', ...FILLED });
  });

  it('overwrite: what differs moves into the backup; .env and what is not ours stay', async () => {
    const room = make(FILLED);
    const steps = await writeTo('app', room, 'overwrite');
    expect(steps.map(({ path, action }) => `${action} ${path}`)).toEqual(['keep .env', 'create a/b/run.sh', 'same a/same.txt', 'overwrite c.txt']);
    expect(treeOf(room)).toMatchObject({ ...FILLED, 'app/c.txt': 'ours\n', [`app/.devstack/backup/${NOW}/c.txt`]: 'theirs\n' });
  });

  it('a second time there is nothing to do', async () => {
    const room = make(FILLED);
    await writeTo('app', room, 'overwrite');
    const before = treeOf(room);
    const steps = await writeTo('app', room, 'overwrite');
    expect(new Set(steps.map(({ action }) => action))).toEqual(new Set(['keep', 'same']));
    expect(treeOf(room)).toEqual(before);
  });

  it('a folder that has files is a conflict unless told otherwise', () => {
    const { fs, root } = make();
    const message = 'The target . is not empty (it has .keep). Choose another directory, or pass --on-conflict keep to add only what is not there.';
    expect(() => inspectTarget('.', root, fs)).toThrow(new UserError([message], 3));
  });

  it('a file is a conflict, as the target or above it', () => {
    const { fs, root } = make();
    expect(() => inspectTarget('.keep', root, fs, 'overwrite')).toThrow('The target .keep is a file.');
    expect(() => inspectTarget('.keep/app', root, fs)).toThrow('The target .keep/app cannot be made, since .keep is a file.');
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
        const error: unknown = await writeTo('app', room, onConflict, failing.fs).catch((caught: unknown) => caught);
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
        const error: unknown = await writeTo('app', room, onConflict, room.fs, check).catch((caught: unknown) => caught);
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

  it('so is a folder in one that is not writable', async () => {
    const room = make({ 'app/.git/HEAD': '' });
    const accessSync = (path: unknown) => {
      if (path === room.root) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
    };
    const stages: string[] = [];
    const mkdirSync: FileSystem['mkdirSync'] = (path, options) => {
      stages.push(...(String(path).includes('.devstack-') ? [String(path)] : []));
      return room.fs.mkdirSync(path, options);
    };
    await writeTo('app', room, 'fail', { ...disturb(room.fs, -1, () => {}).fs, accessSync, mkdirSync } as FileSystem);
    expect(stages[0]).toContain(join(room.root, 'app', '.app.devstack-'));
    expect(treeOf(room)).toMatchObject({ 'app/a/b/run.sh': '#!/bin/sh\n' });
  });

  it('what a run that was killed left within the target is undone from there', async () => {
    const journal = JSON.stringify({ target: '.', moves: [{ path: 'c.txt', backup: 'old.txt' }], folders: [] });
    const room = make({ 'app/.app.devstack-2-0123abcd/journal.json': journal, 'app/.app.devstack-2-0123abcd/files/a': '', 'app/c.txt': 'half', 'app/old.txt': 'theirs\n' });
    sweepStages(join(room.root, 'app'), room.fs, () => false);
    expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/c.txt': 'theirs\n' });
  });

  it('what comes to stand there while it writes is a conflict, and stays', async () => {
    const room = make();
    const elsewhere = join(room.root, 'app', 'theirs.txt');
    const check = async () => {
      room.fs.mkdirSync(join(room.root, 'app'));
      room.fs.writeFileSync(elsewhere, 'theirs\n');
    };
    await expect(writeTo('app', room, 'fail', room.fs, check)).rejects.toMatchObject({ exitCode: 3 });
    expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/theirs.txt': 'theirs\n' });
  });

  it('sweeps the stage of a run that is dead, and no other', () => {
    const names = ['.app.devstack-1-00000000', '.old.devstack-2-0123abcd', '.app.devstack-note'];
    const { fs, root } = make(Object.fromEntries(names.map((name) => [`${name}/file`, ''])));
    sweepStages(root, fs, (pid) => pid === 1);
    expect(fs.readdirSync(root).map(String).toSorted()).toEqual(['.app.devstack-1-00000000', '.app.devstack-note', '.keep']);
  });
}
