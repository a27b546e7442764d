/** A signal at every call of a write, in a process of its own. */
import disk from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { build } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { sweepStages } from '../../src/io/stage.ts';
import { FILLED } from './plans.ts';
import { onDisk, treeOf } from './systems.ts';

const script = join(onDisk().root, 'writer.mjs');
beforeAll(async () => {
  await build({
    input: fileURLToPath(new URL('signalled-writer.ts', import.meta.url)),
    platform: 'node',
    output: { file: script, format: 'esm' },
  });
});

describe.each([
  ['a target that is not there', {}, 'fail'],
  ['a filled folder', FILLED, 'overwrite'],
] as const)('into %s', (_, files, onConflict) => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'])('%s at any call: everything is as it was, at once or after the next run has swept', async (signal) => {
    let undone = 0;
    for (let index = 0; ; index += 1) {
      const room = onDisk(files);
      const before = treeOf(room);
      const { stdout, pid } = await writer(signal, index, room.root, onConflict);
      if (stdout === 'beyond') break;
      if (signal === 'SIGKILL') sweepStages(room.root, disk, (owner) => owner !== pid);
      if (finished(before, treeOf(room))) continue; // it came when the write was final
      undone += 1;
      expect(treeOf(room), `${signal} at call ${index}: ${stdout}`).toEqual(before);
    }
    expect(undone).toBeGreaterThan(5);
  }, 60_000);
});

async function writer(signal: string, index: number, room: string, onConflict: string) {
  const child = execa(process.execPath, [script], { reject: false, env: { SIGNAL: signal, INDEX: String(index), ROOM: room, ON_CONFLICT: onConflict } });
  const { stdout } = await child;
  return { stdout, pid: child.pid };
}

/** All of the plan is there, and no stage. */
function finished(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): boolean {
  const stages = Object.keys(after).filter((path) => path.includes('.devstack-'));
  return stages.length === 0 && after['app/c.txt'] === 'ours\n' && after['app/a/b/run.sh'] !== undefined && before['app/a/b/run.sh'] === undefined;
}
