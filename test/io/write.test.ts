import { existsSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fsExtra from 'fs-extra';
import { createFsFromVolume, Volume } from 'memfs';
import { afterAll, describe, expect, it } from 'vitest';
import { Interrupted, UserError } from '../../src/errors.ts';
import type { FileSystem } from '../../src/io/file-system.ts';
import { inspectTarget } from '../../src/io/target.ts';
import { write, type WriteContext } from '../../src/io/write.ts';
import type { PlannedFile } from '../../src/plan/plan.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const FILES: readonly PlannedFile[] = [
  { path: '.env', content: encode('A=b\n'), mode: 0o600 },
  { path: 'a/b/run.sh', content: encode('#!/bin/sh\n'), mode: 0o755 },
  { path: 'c.txt', content: encode('c\n'), mode: 0o644 },
];

const real = realpathSync(mkdtempSync(join(tmpdir(), 'devstack-write-')));
afterAll(() => fsExtra.removeSync(real));

let rooms = 0;
const SYSTEMS: readonly [string, () => { fs: FileSystem; root: string }][] = [
  ['memfs', () => ({ fs: createFsFromVolume(Volume.fromJSON({ '/room/.keep': '' })) as unknown as FileSystem, root: '/room' })],
  ['the disk', () => ({ fs: fsExtra, root: makeRoom() })],
];

function makeRoom(): string {
  rooms += 1;
  const room = join(real, String(rooms));
  fsExtra.outputFileSync(join(room, '.keep'), '');
  return room;
}

const contextOf = (fs: FileSystem, changes: Partial<WriteContext> = {}): WriteContext => ({
  fs,
  interrupted: () => undefined,
  isAlive: () => true,
  pid: 4711,
  ...changes,
});

describe.each(SYSTEMS)('on %s', (_, make) => {
  it('writes every file with its content and mode, and leaves no stage', async () => {
    const { fs, root } = make();
    await write({ files: FILES }, inspectTarget('app', root, fs), contextOf(fs));
    expect(tree(fs, root)).toEqual(['.keep', 'app/.env', 'app/a/b/run.sh', 'app/c.txt']);
    expect(fs.statSync(join(root, 'app/.env')).mode & 0o777).toBe(0o600);
    expect(fs.statSync(join(root, 'app/a/b/run.sh')).mode & 0o777).toBe(0o755);
  });

  it('makes the folders above the target', async () => {
    const { fs, root } = make();
    await write({ files: FILES }, inspectTarget('x/y/app', root, fs), contextOf(fs));
    expect(tree(fs, root)).toContain('x/y/app/c.txt');
  });

  it('fills an empty folder without replacing it', async () => {
    const { fs, root } = make();
    fs.mkdirSync(join(root, 'app/.git'), { recursive: true });
    const inode = fs.statSync(join(root, 'app')).ino;
    await write({ files: FILES }, inspectTarget('app', root, fs), contextOf(fs));
    expect(fs.statSync(join(root, 'app')).ino).toBe(inode);
    expect(tree(fs, root)).toContain('app/a/b/run.sh');
  });

  it('a folder that has files is a conflict', () => {
    const { fs, root } = make();
    expect(() => inspectTarget('.', root, fs)).toThrow(new UserError(['The target . is not empty (it has .keep). Choose another directory, or empty this one.'], 3));
  });

  it('a file is a conflict, as the target or above it', () => {
    const { fs, root } = make();
    expect(() => inspectTarget('.keep', root, fs)).toThrow('The target .keep is a file.');
    expect(() => inspectTarget('.keep/app', root, fs)).toThrow('The target .keep/app cannot be made, since .keep is a file.');
  });

  it('a failure at any call leaves everything as it was', async () => {
    for (let index = 0; ; index += 1) {
      const { fs, root } = make();
      const before = tree(fs, root);
      const failing = failAt(fs, index, 'ENOSPC');
      const error: unknown = await write({ files: FILES }, { path: join(root, 'x/app'), exists: false }, contextOf(failing.fs)).catch((caught: unknown) => caught);
      if (!failing.failed()) {
        expect(index, 'a call for each folder, file, run bit and rename').toBe(8);
        return;
      }
      expect(error).toEqual(new UserError([`Writing ${join(root, 'x/app')} failed: the disk is full. Free some space and run the command again. Nothing was written.`], 3));
      expect(tree(fs, root), `after a failure at call ${index}`).toEqual(before);
      expect(fs.readdirSync(root), `after a failure at call ${index}`).toEqual(['.keep']);
    }
  });

  it('a failure while an empty folder is filled leaves it empty', async () => {
    for (let index = 0; ; index += 1) {
      const { fs, root } = make();
      fs.mkdirSync(join(root, 'app'));
      const failing = failAt(fs, index, 'EACCES');
      await write({ files: FILES }, { path: join(root, 'app'), exists: true }, contextOf(failing.fs)).catch((caught: unknown) => caught);
      if (!failing.failed()) return;
      expect(fs.readdirSync(join(root, 'app')), `after a failure at call ${index}`).toEqual([]);
      expect(fs.readdirSync(root).toSorted()).toEqual(['.keep', 'app']);
    }
  });

  it('an interruption leaves everything as it was', async () => {
    const { fs, root } = make();
    const target = inspectTarget('app', root, fs);
    await expect(write({ files: FILES }, target, contextOf(fs, { interrupted: () => new Interrupted(143) }))).rejects.toThrow(Interrupted);
    expect(tree(fs, root)).toEqual(['.keep']);
  });

  it('sweeps the stage of a run that is dead, and no other', async () => {
    const { fs, root } = make();
    for (const name of ['.app.devstack-1-00000000', '.old.devstack-2-0123abcd', '.app.devstack-note']) {
      fs.mkdirSync(join(root, name));
      fs.writeFileSync(join(root, name, 'file'), '');
    }
    await write({ files: FILES }, inspectTarget('app', root, fs), contextOf(fs, { isAlive: (pid) => pid === 1 }));
    expect(fs.readdirSync(root).toSorted()).toEqual(['.app.devstack-1-00000000', '.app.devstack-note', '.keep', 'app']);
  });
});

it('a link as the target is a conflict', () => {
  const room = makeRoom();
  fsExtra.symlinkSync(real, join(room, 'link'));
  expect(() => inspectTarget('link', room, fsExtra)).toThrow('The target link is a symbolic link.');
  expect(existsSync(join(real, 'link'))).toBe(false);
});

/** Every file below root, with forward slashes, sorted. */
function tree(fs: FileSystem, root: string): readonly string[] {
  const walk = (below: string): string[] =>
    fs.readdirSync(join(root, below)).flatMap((entry) => {
      const path = below === '' ? String(entry) : `${below}/${String(entry)}`;
      return fs.statSync(join(root, path)).isDirectory() ? walk(path) : [path];
    });
  return walk('').toSorted();
}

/** The file system whose mutating call number `index` fails; what undoes a failure works, as on a disk that is full. */
function failAt(fs: FileSystem, index: number, code: string) {
  let calls = -1;
  let failed = false;
  const guard =
    <A extends unknown[], R>(call: (...args: A) => R) =>
    (...args: A): R => {
      calls += 1;
      if (calls !== index) return call(...args);
      failed = true;
      throw Object.assign(new Error(code), { code });
    };
  const guarded = {
    mkdirSync: guard(fs.mkdirSync.bind(fs)),
    writeFileSync: guard(fs.writeFileSync.bind(fs)),
    renameSync: guard(fs.renameSync.bind(fs)),
    chmodSync: guard(fs.chmodSync.bind(fs)),
  };
  const kept = { lstatSync: fs.lstatSync.bind(fs), statSync: fs.statSync.bind(fs), readdirSync: fs.readdirSync.bind(fs), rmSync: fs.rmSync.bind(fs) };
  return { fs: { ...kept, ...guarded } as unknown as FileSystem, failed: () => failed };
}
