/** A first feature: what generate makes, and docs/development.md as its reader would follow it, each edit and each command. */
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask } from './http.ts';
import { dev, devScript, exec, generate, ownPorts, remove } from './stack.ts';
import { until } from './until.ts';

// Made while the tests are listed, for its document lists them.
const stack = await generate('st-first-day', ownPorts(15), '--celery', '--git');
beforeAll(() => dev(stack, 'start'));
afterAll(() => remove(stack));

const changed = async () => (await execa('git', ['status', '--porcelain', '--untracked-files=all'], { cwd: stack.folder })).stdout;
const inFolder = (path: string) => join(stack.folder, path);

describe('generate app', () => {
  test.each([
    ['Price-Lists', /is no name for an app/],
    ['users', /There is backend\/apps\/users already/],
    ['onboarding', /There is frontend\/src\/features\/onboarding already/],
    ['class', /reserved word/],
    ['json', /conflicts with the name of an existing Python module/],
    ['sessions', /There is an app "sessions" already/],
    ['groups', /Every user has something called "groups" already/],
    ['health', /The address \/api\/v1\/health\/ is taken/],
    ['problems', /The API has a type "Problem" already/],
  ])('refuses "%s" in one sentence', async (name, sentence) => {
    const { exitCode, all } = await devScript(stack, ['generate', 'app', name]);
    expect(exitCode, all).toBe(2);
    expect(all.trim()).toMatch(sentence);
    expect(all.trim().split('\n')).toHaveLength(1);
    expect(await changed()).toBe('');
  });

  test.each([
    ['docker/dev/shapes/app/backend/apps/app_name/models.py-tpl', (text: string) => `${text}\nwrong(\n`, 'wrong('],
    ['frontend/src/features/index.ts', (text: string) => text.replace(/.*generate: features.*\n/, ''), 'has lost its line'],
    ['frontend/scripts/api.mjs', () => 'process.exit(1)\n', 'Migrations for'],
  ])('leaves all as it was where a step fails for the sake of %s', async (path, spoil, said) => {
    const text = await readFile(inFolder(path), 'utf8');
    await writeFile(inFolder(path), spoil(text));
    const { exitCode, all } = await devScript(stack, ['generate', 'app', 'notes']);
    expect(exitCode, all).toBe(1);
    expect(all).toContain(said);
    expect(all).toContain('All files are as they were.');
    await writeFile(inFolder(path), text);
    expect(await changed()).toBe('');
  });

  test('makes what a name of several words stands for', async () => {
    await dev(stack, 'generate', 'app', 'price_lists');
    const model = 'backend/apps/price_lists/models.py';
    expect(await readFile(inFolder(model), 'utf8')).toContain('class PriceList(');
    expect((await stat(inFolder(model))).uid).toBe(process.getuid?.());
    expect(await readFile(inFolder('backend/tests/price_lists/factories.py'), 'utf8')).toContain('class PriceListFactory(');
  });

  test('takes another name for the model where one is given', async () => {
    const render = 'PYTHONPATH=/app python /opt/docker/dev/shapes/render.py app staff Colleague | tar -xO';
    const made = await exec(stack, 'backend', 'sh', '-c', render);
    for (const text of ['class Colleague(', 'class ColleagueFactory(']) expect(made).toContain(text);
  });

  test('puts a page and its API behind the proxy', async () => {
    const at = (path: string) => fetch(`http://localhost:${stack.ports.proxy}${path}`).then(({ status }) => status);
    expect(await at('/api/v1/price-lists/')).toBe(401);
    expect(await at('/src/features/price-lists/price-lists-page.tsx')).toBe(200);
    await dev(stack, 'client', '--check');
  });

  test('is green at once, by the tests that came with it', async () => {
    expect(await dev(stack, 'test', 'backend', 'tests/price_lists')).toMatch(/[1-9]\d* passed/);
  });
});

interface Step {
  readonly what: string;
  readonly block: string;
  readonly edit?: { readonly path: string; readonly where: string; readonly anchor: string };
}

/** Every fenced block is a step: commands, or code with a line above it that says where it goes. */
function stepsOf(document: string): readonly Step[] {
  return [...document.matchAll(/(?:^([^\n]*):\n\n)?^```(\w+)\n(.*?)^```$/gms)].map(([, above = '', language, block = '']) => {
    if (language === 'sh') return { what: block.trim().replaceAll('\n', '; '), block };
    const [, path, where, anchor = ''] = /^`([^`]+)`, (a new file|at its end|below|instead of)(?: `(.+)`)?$/.exec(above) ?? [];
    if (path === undefined || where === undefined) throw new Error(`nothing says where this goes:\n${block}`);
    return { what: above, block, edit: { path, where, anchor } };
  });
}

function edited(text: string, { where, anchor }: NonNullable<Step['edit']>, block: string): string {
  if (where === 'a new file') return block;
  if (where === 'at its end') return text + block;
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.trim() === anchor);
  if (at === -1) throw new Error(`there is no line: ${anchor}`);
  return lines.toSpliced(at + (where === 'below' ? 1 : 0), where === 'below' ? 0 : 1, block.trimEnd()).join('\n');
}

const steps = stepsOf(readFileSync(inFolder('docs/development.md'), 'utf8'));

test('the document has steps, and README leads to it', async () => {
  expect(steps.length).toBeGreaterThan(10);
  expect(await readFile(inFolder('README.md'), 'utf8')).toContain('](docs/development.md)');
});

test.each(steps)('$what', async ({ block, edit }) => {
  if (edit) {
    const file = inFolder(edit.path);
    const text = edit.where === 'a new file' ? '' : await readFile(file, 'utf8');
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, edited(text, edit, block));
    return;
  }
  for (const line of block.trim().split('\n')) {
    expect(line).toMatch(/^\.\/docker-dev\.sh /);
    const { exitCode, all } = await devScript(stack, line.split(' ').slice(1));
    expect(exitCode, `${line}\n${all}`).toBe(0);
  }
}, 1_800_000);

test('"lint --changed" looks at what is new in both parts, and finds what is wrong there', async () => {
  const bad = { 'backend/apps/bookmarks/bad.py': 'import os\n', 'frontend/src/features/bookmarks/bad.ts': 'debugger\n' };
  for (const [path, text] of Object.entries(bad)) await writeFile(inFolder(path), text);
  const { exitCode, all } = await devScript(stack, ['lint', '--changed']);
  for (const path of Object.keys(bad)) await rm(inFolder(path));
  expect(exitCode).toBe(1);
  expect(all).toContain('Found 1 error'); // in what is new: migrations have a form of their own
  expect(all).toMatch(/F401[^]*apps\/bookmarks\/bad\.py:1/);
  expect(all).toMatch(/no-debugger[^]*src\/features\/bookmarks\/bad\.ts:1/);
});

test('and all of it is well at the end, what works in the background, too', async () => {
  // The server reloads for what the last step took away: what asks in the middle of that fails, and the next does not.
  await until('every service well', async () => {
    const { exitCode, all } = await devScript(stack, ['status', '--json']);
    if (exitCode !== 0) throw new Error(all);
    const told = await ask({ port: stack.ports.proxy, path: '/api/v1/development/' });
    if (!told.text.includes('"hasRunTests":true,"migrations":[]')) throw new Error(told.text);
    return true;
  }, { seconds: 60, every: 1000 });
});
