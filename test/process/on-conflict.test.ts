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
});
