/** Target, survey, stage, journal and write, on memfs and on the disk. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inspectTarget } from '../../src/io/target.ts';
import { POSIX } from '../process/run.ts';
import { promises, writeTo } from './contract.ts';
import { onDisk, SYSTEMS, treeOf } from './systems.ts';

describe.each(SYSTEMS)('on %s', (_, make) => {
  promises(make);

  it.runIf(POSIX)('gives every file its mode', async () => {
    const room = make();
    await writeTo('app', room);
    const mode = (path: string) => room.fs.statSync(join(room.root, path)).mode & 0o777;
    expect([mode('app/.env'), mode('app/a/b/run.sh'), mode('app/c.txt')]).toEqual([0o600, 0o755, 0o644]);
  });
});

// Windows lets only administrators make them.
describe.runIf(POSIX)('symbolic links', () => {
  it('as the target', () => {
    const { fs, root } = onDisk({ 'real/file': '' });
    onDiskLink(root, 'real', 'link');
    expect(() => inspectTarget('link', root, fs, 'overwrite')).toThrow('The target link is a symbolic link.');
  });

  it.each([
    ['a folder outside', '../outside', 'a'],
    ['a file outside', '../outside/file', 'c.txt'],
    ['nothing', 'nowhere', 'c.txt'],
  ])('to %s are refused, and nothing is written through them', async (_, to, link) => {
    const room = onDisk({ 'app/keep': '', 'outside/file': 'theirs' });
    onDiskLink(join(room.root, 'app'), to, link);
    const before = treeOf(room);
    await expect(writeTo('app', room, 'overwrite')).rejects.toThrow(`${link} is a symbolic link that leads out of the target.`);
    expect(treeOf(room)).toEqual(before);
  });

  it('within the target are followed', async () => {
    const room = onDisk({ 'app/real/keep': '' });
    onDiskLink(join(room.root, 'app'), 'real', 'a');
    await writeTo('app', room, 'keep');
    expect(treeOf(room)).toMatchObject({ 'app/real/b/run.sh': '#!/bin/sh\n' });
  });
});

function onDiskLink(folder: string, to: string, name: string): void {
  symlinkSync(to, join(folder, name));
}
