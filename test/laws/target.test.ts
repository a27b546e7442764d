/** Law 7: nothing is written outside the target, and nothing of the user's is deleted. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeRoom, run } from '../process/run.ts';

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

it.each([
  ['a new folder', ['sub/app', '--no-git']],
  ['a folder with files, to keep', ['full', '--no-git', '--on-conflict', 'keep']],
  ['a folder with files, to overwrite', ['full', '--no-git', '--on-conflict', 'overwrite']],
  ['a fault in the input', ['full', '--celry']],
  ['a conflict', ['full']],
])('%s', async (_, args) => {
  const room = makeRoom();
  const mine = { 'neighbour/file': 'theirs', 'full/notes.txt': 'mine', 'full/backend/apps/mine.py': 'x = 1\n', 'full/README.md': 'my own' };
  for (const [path, text] of Object.entries(mine)) {
    mkdirSync(join(room, path, '..'), { recursive: true });
    writeFileSync(join(room, path), text);
  }
  await run(args, room, { env: { ...process.env, HOME: room, TMPDIR: room, CI: 'true' } });
  const outside = filesIn(room).filter((path) => !path.startsWith('sub/app') && !path.startsWith('full/'));
  expect(outside).toEqual(args[0] === 'sub/app' ? ['full', 'neighbour', 'neighbour/file', 'sub'] : ['full', 'neighbour', 'neighbour/file']);
  const texts = filesIn(room).filter((path) => /\.(txt|py|md)$|file$/.test(path)).map((path) => readFileSync(join(room, path), 'utf8'));
  for (const text of Object.values(mine)) expect(texts).toContain(text); // where it was, or in the backup
});
