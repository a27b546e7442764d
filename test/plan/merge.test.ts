import { expect, it } from 'vitest';
import { mergeFile, type Piece } from '../../src/plan/merge.ts';

const piece = (layer: string, ...lines: readonly string[]): Piece => ({ source: `part/${layer}/file`, text: lines.map((line) => `${line}\n`).join('') });

it.each([
  ['Python, YAML, shell, TOML', '    # slot: apps', '# end slot'],
  ['TypeScript', '  // slot: apps', '// end slot'],
  ['JSX', '      {/* slot: apps */}', '{/* end slot */}'],
  ['CSS', '/* slot: apps */', '/* end slot */'],
  ['Markdown', '<!-- slot: apps -->', '<!-- end slot -->'],
  ['Mermaid', '    %% slot: apps', '    %% end slot'],
])('a section takes the place of the marker: %s', (_, marker, end) => {
  const merged = mergeFile('file', [piece('base', 'a', marker, 'z'), piece('one', 'for its reader', marker, '  b', end, 'for its reader'), piece('two', marker, '  c')]);
  expect(merged).toBe('a\n  b\n  c\nz\n');
});

it('a slot that nobody fills is gone without a trace', () => {
  expect(mergeFile('file', [piece('base', 'a', '# slot: apps', 'z')])).toBe('a\nz\n');
});

it('one file fills several slots, in whatever order', () => {
  expect(mergeFile('file', [piece('base', '# slot: a', 'mid', '# slot: b'), piece('one', '# slot: b', '2', '# slot: a', '1')])).toBe('1\nmid\n2\n');
});

it('a comment that only speaks of a slot is none', () => {
  expect(mergeFile('file', [piece('base', 'x # slot: a', '# slot: a is here', '#slot:a')])).toBe('x # slot: a\n# slot: a is here\n#slot:a\n');
});

it.each([
  ['a slot that the host does not have', [piece('base', '# slot: a'), piece('one', '# slot: b', 'x')], 'templates/part/one/file fills the slot b, which templates/part/base/file does not have'],
  ['a slot that is there twice', [piece('base', '# slot: a', '# slot: a')], 'templates/part/base/file has the slot a twice'],
  ["a layer that would replace another layer's file", [piece('base', 'x'), piece('one', 'y')], "templates/part/one/file lies where another layer's file does, and fills no slot of it"],
] as const)('%s is a fault of the templates', (_, pieces, message) => {
  expect(() => mergeFile('file', [...pieces] as [Piece, ...Piece[]])).toThrow(message);
});

const json = (layer: string, value: unknown): Piece => ({ source: `part/${layer}/package.json`, text: JSON.stringify(value) });

it("package.json: a layer's dependencies go between the others, as npm sorts them", () => {
  const merged = mergeFile('frontend/package.json', [
    json('base', { name: 'frontend', scripts: { test: 'x', dev: 'y' }, dependencies: { '@b/c': '1', react: '19', zod: '4' } }),
    json('one', { dependencies: { '@b/d': '2', swr: '2' }, scripts: { build: 'z' } }),
  ]);
  expect(JSON.parse(merged)).toEqual({ name: 'frontend', scripts: { test: 'x', dev: 'y', build: 'z' }, dependencies: { '@b/c': '1', '@b/d': '2', react: '19', swr: '2', zod: '4' } });
  expect(Object.keys((JSON.parse(merged) as { dependencies: object }).dependencies)).toEqual(['@b/c', '@b/d', 'react', 'swr', 'zod']);
});

it('package.json: two layers that disagree are a fault of the templates', () => {
  expect(() => mergeFile('frontend/package.json', [json('base', { dependencies: { a: '1' } }), json('one', { dependencies: { a: '2' } })])).toThrow(
    'templates/part/one/package.json sets dependencies → a to "2", and another layer to "1"',
  );
});

it('requirements: the pins of all, each once, sorted by package', () => {
  const merged = mergeFile('backend/requirements/base.txt', [
    piece('base', 'django==5.2.1 \\', '    --hash=sha256:aa \\', '    --hash=sha256:bb', 'redis==5.0 \\', '    --hash=sha256:cc'),
    piece('one', 'Celery==5.5 \\', '    --hash=sha256:dd', 'redis==5.0 \\', '    --hash=sha256:cc'),
  ]);
  expect(merged).toBe('Celery==5.5 \\\n    --hash=sha256:dd\ndjango==5.2.1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\nredis==5.0 \\\n    --hash=sha256:cc\n');
});

it('requirements: one package at two versions is a fault of the templates', () => {
  expect(() => mergeFile('backend/requirements/base.txt', [piece('base', 'redis==5.0 \\', '    --hash=sha256:cc'), piece('one', 'redis==6.0 \\', '    --hash=sha256:ee')])).toThrow('pins redis otherwise');
});
