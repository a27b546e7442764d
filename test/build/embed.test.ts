import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { embedTemplates, listTemplates } from '../../build/embed.mjs';
import { restoreIndentation } from '../../src/io/indentation.ts';
import { unpackTemplates } from '../../src/io/templates.ts';
import { contextOf } from '../../src/plan/context.ts';
import { optionsOf } from '../fixtures.ts';

const ROOT = fileURLToPath(new URL('../../templates', import.meta.url));
const CONTEXT = contextOf(optionsOf(), { version: '1.2.3' }, 'command');

/** What a run reads of what the build writes. */
const unpack = (root: string) => {
  const { document, size } = embedTemplates(root);
  return unpackTemplates(restoreIndentation(document, size));
};

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'devstack-embed-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

it('every template is there, and as it lies in its folder where it is not rendered', () => {
  const layers = unpack(ROOT);
  expect(layers.reduce((sum, { fixed, varying }) => sum + fixed.size + varying.size, 0)).toBe(listTemplates(ROOT).length);
  const varying = layers.flatMap((layer) => [...layer.varying.values()]).filter(({ source }) => !source.endsWith('.hbs'));
  for (const { source, render } of varying) expect(render(CONTEXT), source).toBe(readFileSync(join(ROOT, source), 'utf8'));
  const kept = new Set(listTemplates(ROOT).map((source) => readFileSync(join(ROOT, source), 'base64')));
  for (const [path, content] of layers.flatMap(({ fixed }) => [...fixed])) expect(kept.has(Buffer.from(content).toString('base64')), path).toBe(true);
});

it.each([
  ['bytes that are no UTF-8', Uint8Array.of(0x0a, 0x20, 0x80, 0xff, 0x0a, 0x20, 0xa2)],
  ['a NUL', '  a\0  b\n'],
  ['nothing', ''],
  ['a text with a mark of its byte order', '\uFEFFa\n  ä\n'],
])('a file of %s stays as it is', (_, content) => {
  const root = folderOf({ 'compose/base/a': content, 'compose/base/b': 'beside it\n' });
  const fixed = unpack(root)[0]?.fixed;
  expect(Buffer.from(fixed?.get('a') ?? []).equals(Buffer.from(content))).toBe(true);
  expect(Buffer.from(fixed?.get('b') ?? []).toString()).toBe('beside it\n');
});

it('texts vary where layers meet or have a place for it, and where a name is in them', () => {
  const root = folderOf({ 'compose/base/a': 'a\n', 'compose/celery/a': 'b\n', 'compose/base/b': '# slot: here\n', 'compose/base/c.hbs': '{{name}}\n', 'compose/base/d': '{{name}}\n' });
  const [base, celery] = unpack(root);
  expect([...(base?.fixed.keys() ?? [])]).toEqual(['d']);
  expect([...(base?.varying ?? [])].map(([path, { source, render }]) => [path, source, render(CONTEXT)])).toEqual([
    ['a', 'compose/base/a', 'a\n'],
    ['b', 'compose/base/b', '# slot: here\n'],
    ['c', 'compose/base/c.hbs', 'app\n'],
  ]);
  expect([...(celery?.varying.keys() ?? [])]).toEqual(['a']);
});

it('a template that does not compile is named', () => {
  expect(() => embedTemplates(folderOf({ 'compose/base/a.hbs': '{{#if}}' }))).toThrow('templates/compose/base/a.hbs does not compile');
});
