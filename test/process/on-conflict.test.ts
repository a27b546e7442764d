/** `--on-conflict`: a target that has files. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeRoom, run } from './run.ts';

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

describe('--on-conflict', () => {
  it('keep adds what is not there', async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'app'));
    writeFileSync(join(room, 'app/README.md'), 'mine');
    const { code, stdout } = await run(['app', '--no-git', '--on-conflict', 'keep'], room);
    expect(code).toBe(0);
    expect(stdout).toContain('keep README.md differs and stays as it is.');
    expect(readFileSync(join(room, 'app/README.md'), 'utf8')).toBe('mine');
    expect(filesIn(join(room, 'app'))).toContain('docker-compose.yml');
  });

  it('overwrite backs up what differs', async () => {
    const room = makeRoom();
    mkdirSync(join(room, 'app'));
    writeFileSync(join(room, 'app/README.md'), 'mine');
    const { code, stdout } = await run(['app', '--no-git', '--on-conflict', 'overwrite'], room);
    expect(code).toBe(0);
    expect(stdout).toContain('overwrite README.md, with a backup under .devstack/backup/.');
    const [stamp = ''] = readdirSync(join(room, 'app/.devstack/backup'));
    expect(readFileSync(join(room, 'app/.devstack/backup', stamp, 'README.md'), 'utf8')).toBe('mine');
    expect(readFileSync(join(room, 'app/README.md'), 'utf8')).not.toBe('mine');
  });

  it('undoes what a run that was killed left, before it looks', async () => {
    const room = makeRoom();
    const stage = join(room, '.app.devstack-999999999-00000000');
    mkdirSync(join(stage, 'files'), { recursive: true });
    writeFileSync(join(stage, 'journal.json'), JSON.stringify({ target: 'app', moves: [{ path: 'half.txt' }], folders: [] }));
    mkdirSync(join(room, 'app'));
    writeFileSync(join(room, 'app/half.txt'), 'half');
    expect((await run(['app', '--no-git'], room)).code).toBe(0);
    expect(readdirSync(room)).toEqual(['app']);
    expect(filesIn(join(room, 'app'))).not.toContain('half.txt');
  });
});
