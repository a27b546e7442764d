/** The two file systems that every promise of the writer is tested on: memfs, and the disk. */
import disk, { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outputFileSync, removeSync } from 'fs-extra';
import { createFsFromVolume, Volume } from 'memfs';
import { afterAll } from 'vitest';
import type { FileSystem } from '../../src/io/file-system.ts';

export interface Room {
  readonly fs: FileSystem;
  readonly root: string;
}

/** @param files path below the root to text */
export type MakeRoom = (files?: Readonly<Record<string, string>>) => Room;

export const SYSTEMS: readonly (readonly [string, MakeRoom])[] = [
  ['memfs', inMemory],
  ['the disk', onDisk],
];

function inMemory(files: Readonly<Record<string, string>> = {}): Room {
  const volume = Volume.fromJSON({ '.keep': '', ...files }, '/room');
  return { fs: createFsFromVolume(volume) as unknown as FileSystem, root: '/room' };
}

const roots: string[] = [];
afterAll(() => roots.forEach((root) => removeSync(root)));

export function onDisk(files: Readonly<Record<string, string>> = {}): Room {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'devstack-write-')));
  roots.push(root);
  for (const [path, text] of Object.entries({ '.keep': '', ...files })) outputFileSync(join(root, path), text);
  return { fs: disk, root };
}

/** Every file below root with its content, and every folder, with forward slashes. */
export function treeOf({ fs, root }: Room): Readonly<Record<string, string>> {
  const walk = (below: string): [string, string][] =>
    fs.readdirSync(join(root, below)).flatMap((entry): [string, string][] => {
      const path = below === '' ? String(entry) : `${below}/${String(entry)}`;
      const kind = fs.lstatSync(join(root, path));
      if (kind.isDirectory()) return [[`${path}/`, ''], ...walk(path)];
      return [[path, kind.isSymbolicLink() ? 'a link' : fs.readFileSync(join(root, path), 'utf8')]];
    });
  return Object.fromEntries(walk('').toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
