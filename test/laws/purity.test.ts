/** Laws 1 and 2: what may be imported where, and who may print and exit. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SRC = fileURLToPath(new URL('../../src', import.meta.url));
const MODULES = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .map((path) => path.replaceAll(sep, '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));

const sourceOf = (path: string) => readFileSync(join(SRC, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
const importsOf = (path: string) =>
  [...sourceOf(path).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '').filter((specifier) => specifier !== '');

/** The module and all that it imports from src, at any distance. */
function closure(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const specifier of importsOf(path).filter((one) => one.startsWith('.'))) {
    closure(normalize(join(dirname(path), specifier)).replaceAll(sep, '/'), seen);
  }
  return seen;
}

const PURE = MODULES.filter((path) => path.startsWith('options/') || path.startsWith('plan/'));
/** zlib and path compute from their arguments alone. */
const PURE_PACKAGES = new Set(['node:zlib', 'node:path']);

describe.each(PURE)('%s', (path) => {
  it('imports only what is pure, at any distance', () => {
    for (const reached of closure(path)) {
      const foreign = importsOf(reached).filter((specifier) => !specifier.startsWith('.') && !PURE_PACKAGES.has(specifier));
      expect(foreign, `imports of src/${reached}`).toEqual([]);
    }
  });

  it('reads no clock, randomness, environment or process', () => {
    for (const reached of closure(path)) {
      expect(sourceOf(reached), `src/${reached}`).not.toMatch(/\bprocess\.|\bnew Date\b|\bDate\.|Math\.random|\bperformance\.|\bcrypto\./);
    }
  });
});

it('only main.ts exits', () => {
  const exiting = MODULES.filter((path) => /process\.(exit|exitCode|abort)\b/.test(sourceOf(path)));
  expect(exiting).toEqual(['main.ts']);
});

it('only cli/ and main.ts print', () => {
  const printing = MODULES.filter((path) => /process\.(stdout|stderr)\.write|console\./.test(sourceOf(path)));
  expect(printing.filter((path) => !path.startsWith('cli/') && path !== 'main.ts')).toEqual([]);
  expect(printing).toContain('cli/report.ts');
});

/** Each folder of src/ imports itself and those before it; errors.ts is below all of them, the entries above. */
const ORDER = ['options', 'plan', 'io', 'doctor', 'cli'];

function rank(path: string): number {
  const [folder = '', below] = path.split('/');
  if (below !== undefined) return ORDER.indexOf(folder);
  return path === 'errors.ts' ? -1 : ORDER.length;
}

it('imports go one way only: options ← plan ← io ← doctor ← cli ← main', () => {
  const own = MODULES.flatMap((path) => importsOf(path).filter((one) => one.startsWith('.')).map((one) => [path, normalize(join(dirname(path), one)).replaceAll(sep, '/')] as const));
  expect(own.filter(([from, to]) => rank(to) > rank(from)).map(([from, to]) => `${from} imports ${to}`)).toEqual([]);
  expect(MODULES.filter((path) => path.includes('/') && rank(path) === -1)).toEqual([]);
});

it('beside the entries nothing lies outside those folders', () => {
  expect(MODULES.filter((path) => !path.includes('/'))).toEqual(['bin.ts', 'errors.ts', 'index.ts', 'main.ts']);
});
