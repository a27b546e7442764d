/** The same promises with the paths of Windows, on a file system in memory that behaves as it does there. */
import { posix } from 'node:path';
import { createFsFromVolume, Volume } from 'memfs';
import { describe, expect, it, vi } from 'vitest';
import type { FileSystem } from '../../src/io/file-system.ts';
import { diff } from '../../src/io/diff.ts';
import { findTarget } from '../../src/io/target.ts';
import { promises } from './contract.ts';
import { PLAN } from './plans.ts';
import { writeTo } from './surroundings.ts';
import { treeOf, type Room } from './systems.ts';

vi.mock('node:path', async () => {
  const { win32 } = await vi.importActual<typeof import('node:path')>('node:path');
  return { ...win32, default: win32 };
});

const ROOT = String.raw`C:\room`;

/** `C:\room\app` lies at `/C:/room/app` in the volume. */
const inside = (path: string) => `/${path.replaceAll('\\', '/')}`;
const outside = (path: string) => path.slice(1).replaceAll('/', '\\');

function windows(files: Readonly<Record<string, string>> = {}): Room {
  const volume = Volume.fromJSON({ '.keep': '', ...files }, inside(ROOT));
  const fs = createFsFromVolume(volume) as unknown as FileSystem;
  const place = (path: unknown) => {
    if (typeof path !== 'string' || !/^[A-Z]:\\/.test(path)) throw new Error(`${String(path)} is no absolute path of Windows`);
    return inside(path);
  };
  const placed = Object.fromEntries(
    (['lstatSync', 'statSync', 'existsSync', 'accessSync', 'readdirSync', 'readFileSync', 'mkdirSync', 'writeFileSync', 'rmSync', 'rmdirSync', 'utimesSync'] as const).map((name) => [
      name,
      (path: string, ...rest: never[]) => {
        if (name === 'mkdirSync' && /[<>:"|?*]/.test(path.slice(2))) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
        const result: unknown = (fs[name] as (...args: unknown[]) => unknown)(place(path), ...rest);
        return name === 'mkdirSync' && typeof result === 'string' ? outside(result) : result;
      },
    ]),
  );
  const special: Partial<FileSystem> = {
    chmodSync: (path) => void place(path), // modes say nothing there
    realpathSync: ((path: string) => outside(String(fs.realpathSync(place(path))))) as FileSystem['realpathSync'],
    renameSync: (from, to) => {
      if (fs.existsSync(place(to)) && fs.statSync(place(to)).isDirectory()) throw Object.assign(new Error('EPERM'), { code: 'EPERM' }); // unlike POSIX, an empty one too
      fs.renameSync(place(from), place(to));
    },
  };
  return { fs: { ...placed, ...special } as FileSystem, root: ROOT };
}

promises(windows);

describe('paths', () => {
  it.each([String.raw`sub\app`, 'sub/app', String.raw`C:\room\sub\app`, String.raw`.\sub\..\sub\app\ `.trim()])('%s', async (directory) => {
    const room = windows();
    await writeTo(directory, room);
    expect(treeOf(room)).toMatchObject({ 'sub/app/a/b/run.sh': '#!/bin/sh\n' });
  });

  it('a name that Windows does not take is one sentence, and nothing is written', async () => {
    const room = windows();
    const before = treeOf(room);
    await expect(writeTo('what?', room)).rejects.toThrow('this system does not take such a path');
    expect(treeOf(room)).toEqual(before);
  });

  it('a link to another drive leads out of the target', () => {
    const { fs } = windows({ 'app/keep': '' });
    const linked = {
      ...fs,
      lstatSync: (path: string) => (path.endsWith('c.txt') ? { isSymbolicLink: () => true } : fs.lstatSync(path, { throwIfNoEntry: false })),
      realpathSync: (path: string) => (path.endsWith('c.txt') ? String.raw`D:\elsewhere\c.txt` : fs.realpathSync(path)),
    } as unknown as FileSystem;
    const target = findTarget('app', ROOT, fs);
    expect(() => diff(PLAN, target, linked, 'overwrite')).toThrow('c.txt is a symbolic link that leads out of the target.');
  });
});

it('the paths under test are those of Windows', async () => {
  const { join } = await import('node:path');
  expect(join('a', 'b')).toBe(String.raw`a\b`);
  expect(posix.join('a', 'b')).toBe('a/b');
});
