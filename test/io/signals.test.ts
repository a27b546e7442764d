/** A signal at every call of a write, in a process of its own. */
import { beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../src/io/owner.ts';
import { identify, startOf } from '../../src/io/this-process.ts';
import { FILLED } from './plans.ts';
import { look, recover } from './surroundings.ts';
import { onDisk, treeOf } from './systems.ts';
import { buildWriter, signalAt, type Writer } from '../process/writer.ts';

const me = identify();
const real = { me, judge: (owner: Parameters<typeof judge>[0]) => judge(owner, me, { startOf }) };

let writer: Writer;
beforeAll(async () => void (writer = await buildWriter()), 60_000);

describe.each([
  ['a target that is not there', {}, 'fail'],
  ['a filled folder', FILLED, 'overwrite'],
] as const)('into %s', (_, files, onConflict) => {
  it.each(['SIGINT', 'SIGTERM', 'SIGKILL'])('%s at any call: everything is as it was, at once or when the next run begins', async (signal) => {
    let undone = 0;
    for (let index = 0; ; index += 1) {
      const room = onDisk(files);
      const before = treeOf(room);
      const stdout = await signalAt(signal, index, writer, room.root, onConflict);
      if (stdout === 'beyond') break;
      if (signal === 'SIGKILL') {
        const seen = actions(look('app', room, 'keep', real));
        await recover('app', room, real);
        expect(seen, `what is seen before it is undone, at call ${index}`).toEqual(actions(look('app', room, 'keep', real)));
      }
      if (finished(before, treeOf(room))) continue; // it came when the write was final
      undone += 1;
      expect(treeOf(room), `${signal} at call ${index}: ${stdout}`).toEqual(before);
    }
    expect(undone).toBeGreaterThan(5);
  }, 60_000);
});

const actions = (changes: ReturnType<typeof look>) => changes.map(({ action, path }) => `${action} ${path}`);

/** All of the plan is there, and no stage. */
function finished(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>): boolean {
  const stages = Object.keys(after).filter((path) => path.includes('.devstack-'));
  return stages.length === 0 && after['app/c.txt'] === 'ours\n' && after['app/a/b/run.sh'] !== undefined && before['app/a/b/run.sh'] === undefined;
}
