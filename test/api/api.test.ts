import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { makeRoom } from '../process/run.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// The built module, as those get it who import the package.
const { create, plan, UserError } = (await import(join(ROOT, 'dist/index.cjs'))) as typeof import('../../src/index.ts');

it('its surface is the one that docs/api.d.ts records (npx vitest run -u accepts a change)', async () => {
  const surface = readFileSync(join(ROOT, 'dist/index.d.cts'), 'utf8');
  await expect(surface).toMatchFileSnapshot(join(ROOT, 'docs/api.d.ts'));
});

it('plans what it then creates', async () => {
  const room = makeRoom();
  const options = { name: 'shop', celery: true, proxyPort: 8080, limit: ['db.memory=1g'] } as const;
  const planned = plan(options);
  const created = await create(options, join(room, 'anywhere'));
  expect(created.directory).toBe(join(room, 'anywhere'));
  expect(created.files).toEqual(planned.files.map(({ path }) => ({ path, action: 'create' })));
  for (const { path, content } of planned.files) {
    if (path !== '.env') expect(readFileSync(join(room, 'anywhere', path)).equals(content), path).toBe(true);
  }
  expect(planned.command).toBe('npm create devstack@latest -- shop --celery --proxy-port 8080 --limit db.memory=1024m --yes');
});

it('tells every fault at once, and writes nothing', async () => {
  const room = makeRoom();
  const wrong = { name: 'My App', dbPort: 80, celry: true } as unknown as Parameters<typeof plan>[0];
  expect(() => plan(wrong)).toThrow(UserError);
  await expect(create(wrong, join(room, 'app'))).rejects.toMatchObject({
    exitCode: 2,
    faults: [expect.stringContaining('options: name "My App"'), expect.stringContaining('Did you mean celery?'), expect.stringContaining('host port 80')],
  });
});

it.each([{}, { celery: true }, { name: undefined }])('says of %j that the name is missing', (options) => {
  expect(() => plan(options as unknown as Parameters<typeof plan>[0])).toThrow(
    expect.objectContaining({ exitCode: 2, faults: ['options: name is needed, such as { name: "my-app" }.'] }),
  );
});

it('tells a name that is none once', () => {
  expect(() => plan({ name: 7 } as unknown as Parameters<typeof plan>[0])).toThrow(expect.objectContaining({ faults: ['options: name 7 is not valid: must be a string.'] }));
});

it('a target that has files is a conflict', async () => {
  await expect(create({ name: 'app' }, ROOT)).rejects.toMatchObject({ exitCode: 3 });
});
