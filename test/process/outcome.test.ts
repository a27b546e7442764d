/** What a run says it will do, does, and says it did: `--dry-run` and `--json`. */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { ENV, MAIN, makeRoom, POSIX, run } from './run.ts';

const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();

describe('--dry-run', () => {
  it('writes nothing, and is what the real run then writes', async () => {
    const room = makeRoom();
    const planned = await run(['app', '--celery', '--no-git', '--dry-run', '--json'], room);
    expect(readdirSync(room)).toEqual([]);
    await run(['app', '--celery', '--no-git'], room);
    const { files } = JSON.parse(planned.stdout) as { files: { path: string; mode: string; size: number; sha256: string | null; action: string }[] };
    const written = filesIn(join(room, 'app'))
      .filter((path) => statSync(join(room, 'app', path)).isFile())
      .map((path) => path.replaceAll(sep, '/'));
    expect(files.map(({ path }) => path).toSorted()).toEqual(written);
    for (const { path, mode, size, sha256, action } of files) {
      const content = readFileSync(join(room, 'app', path));
      const hash = createHash('sha256').update(content).digest('hex');
      expect({ path, action, mode, size, sha256 }).toEqual({
        path,
        action: 'create',
        mode: POSIX ? (statSync(join(room, 'app', path)).mode & 0o777).toString(8).padStart(4, '0') : mode,
        size: content.byteLength,
        sha256: path === '.env' ? null : hash,
      });
    }
  });

  it('lists every file for people', async () => {
    const { code, stdout } = await run(['app', '--no-git', '--dry-run'], makeRoom());
    expect(code).toBe(0);
    expect(stdout).toMatch(/^create {4}0755 +\d+ [0-9a-f]{64} docker-dev\.sh$/m);
    expect(stdout).toMatch(/^create {4}0600 +\d+ \(new secrets in each run\) +\.env$/m);
    expect(stdout).toMatch(/\d+ files would be written to app; nothing was\.$/m);
  });
});

describe('--json', () => {
  const schema = JSON.parse(readFileSync(new URL('../../docs/outcome.schema.json', import.meta.url), 'utf8')) as object;
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

  it.each([
    ['created', 0, ['app', '--no-git']],
    ['planned', 0, ['app', '--no-git', '--dry-run']],
    ['refused', 2, ['My App', '--celry']],
    ['conflict', 3, ['full']],
  ])('%s: one document on standard output, all else on standard error', async (outcome, exitCode, args) => {
    const room = makeRoom();
    mkdirSync(join(room, 'full'));
    writeFileSync(join(room, 'full/file'), '');
    const { code, stdout, stderr } = await run([...args, '--json'], room);
    const document = JSON.parse(stdout) as { faults: string[] };
    expect(document).toMatchObject({ schemaVersion: 1, outcome, exitCode });
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(code).toBe(exitCode);
    for (const fault of document.faults) expect(stderr).toContain(fault);
  });

  it('failed: a fault of ours has a document too', async () => {
    // A package that lacks its templates is nothing that the command can expect.
    const room = makeRoom();
    cpSync(dirname(MAIN), join(room, 'dist'), { recursive: true });
    rmSync(join(room, 'dist/templates.br'));
    const { exitCode, stdout, stderr } = await execa(process.execPath, ['dist/bin.cjs', 'app', '--json'], { cwd: room, env: ENV, reject: false, stdin: 'ignore' });
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'failed', exitCode: 1 });
    expect(stderr).toContain('it is not your fault');
  });
});
