/** `--config`: answers from a file or from standard input. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { readToEnd } from '../../src/io/read-text.ts';
import { ENV, MAIN, makeRoom, run } from './run.ts';

describe('--config', () => {
  const answers = JSON.stringify({ name: 'shop', celery: true, proxyPort: 8081 });

  it('reads a file, and the project it makes can be made again from its own answers', async () => {
    const room = makeRoom();
    writeFileSync(join(room, 'a.json'), answers);
    expect(await run(['one', '--config', 'a.json', '--no-git'], room)).toMatchObject({ code: 0, stderr: '' });
    expect(await run(['two', '--config', 'one/.devstack/answers.json', '--no-git'], room)).toMatchObject({ code: 0, stderr: '' });
    const example = (folder: string) => readFileSync(join(room, folder, '.env.example'), 'utf8');
    expect(example('two')).toBe(example('one'));
    expect(example('one')).toMatch(/^COMPOSE_PROJECT_NAME=shop$/m);
  });

  it('a flag wins over it, and that is said', async () => {
    const room = makeRoom();
    const { stdout } = await run(['app', '--config', '-', '--proxy-port', '8082', '--no-git'], room, { input: answers });
    expect(stdout).toContain('note --proxy-port wins over what is in standard input: proxyPort.');
    expect(readFileSync(join(room, 'app/.devstack/answers.json'), 'utf8')).toContain('"proxyPort": 8082');
  });

  it('reads standard input', async () => {
    const room = makeRoom();
    expect(await run(['app', '--config', '-', '--no-git'], room, { input: answers })).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(join(room, 'app/.env.example'), 'utf8')).toMatch(/^COMPOSE_PROJECT_NAME=shop$/m);
  });

  it.each([
    [['--config', 'missing.json'], 'error --config missing.json cannot be read: there is no such file.'],
    [['--config', '.'], 'error --config . cannot be read: it is a directory.'],
    [['--config'], 'error --config needs a value: --config FILE.'],
  ])('%j is refused', async (args, message) => {
    const { code, stderr } = await run(['app', ...args], makeRoom());
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  });

  it('waits for a producer that is silent for a while, and says so', async () => {
    const child = execa(process.execPath, [MAIN, 'app', '--config', '-', '--no-git'], { cwd: makeRoom(), env: ENV, stdin: 'pipe' });
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString()));
    await expect.poll(() => said, { timeout: 15_000 }).toContain('note Waiting for the answers on standard input');
    child.stdin.end(answers);
    expect(await child).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it('a pipe that nobody fills or ends is given up in the end', async () => {
    const said: string[] = [];
    const reading = readToEnd(new PassThrough(), (sentence) => said.push(sentence), { word: 10, end: 100 });
    await expect(reading).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('waited 0.1 s for standard input in vain') });
    expect(said).toHaveLength(1);
  });
});
