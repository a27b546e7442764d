/** Target, diff, stage, journal and write, on memfs and on the disk. */
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { POSIX } from '../process/run.ts';
import { promises } from './contract.ts';
import { look, recover, writeTo } from './surroundings.ts';
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
    const room = onDisk({ 'real/file': '' });
    onDiskLink(room.root, 'real', 'link');
    expect(() => look('link', room, 'overwrite')).toThrow('The target link is a symbolic link.');
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

  it('as the stage, which leads elsewhere', async () => {
    const room = onDisk({ 'app/keep': '', 'outside/file': 'theirs' });
    onDiskLink(join(room.root, 'app'), '../outside', '.devstack-stage');
    const before = treeOf(room);
    await expect(writeTo('app', room, 'keep')).rejects.toThrow('a file stands where a folder is to be');
    expect(treeOf(room)).toEqual(before);
  });

  it('in a folder with a journal that came with it: nothing is moved through them', async () => {
    const stage = 'app/.devstack-stage/unfinished-0';
    const moves = [{ path: 'link/file' }, { path: 'mine', backup: 'link/file' }];
    const room = onDisk({ 'outside/file': 'theirs', [`${stage}/files/a`]: '', [`${stage}/journal.json`]: JSON.stringify({ moves, folders: [] }) });
    onDiskLink(join(room.root, 'app'), '../outside', 'link');
    await recover('app', room);
    expect(treeOf(room)).toEqual({ '.keep': '', 'app/': '', 'app/link': 'a link', 'outside/': '', 'outside/file': 'theirs' });
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
