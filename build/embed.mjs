// Reads the folder templates/ for the bundle and for the tests: static files packed, .hbs files compiled,
// so that the published package neither compiles a template nor compresses a static file when it runs.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { importBundled } from './import-bundled.mjs';
import { mountLayers } from './layers.mjs';

const require = createRequire(import.meta.url);
// The CommonJS build: the package's ESM entry is not one that Node itself can load.
const Handlebars = require('handlebars');
/** @type {typeof import('../src/plan/base.ts')} */
const { formatEntries } = await importBundled('src/plan/base.ts');

/** What `.hbs` files may call beside `if` and `unless`; each is defined in src/io/templates.ts. */
export const HELPERS = ['env'];

/**
 * Compiled so that an unknown name throws, an unknown helper does not compile, and nothing is escaped for HTML.
 * @type {import('handlebars').PrecompileOptions}
 */
const COMPILE = { strict: true, noEscape: true, knownHelpersOnly: true, knownHelpers: Object.fromEntries(HELPERS.map((name) => [name, true])) };

/** The file names that tools leave behind in a template that was run where it lies. */
const LEFTOVERS = new Set(['node_modules', '__pycache__', '.venv', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.coverage', 'dist', '.DS_Store']);

/**
 * @typedef {object} EmbeddedLayer
 * @property {string} name
 * @property {string} entries its static files, as src/plan/base.ts writes them
 * @property {string} compiled source of an object: path in the project to `{ source, specification }`, which Handlebars' runtime makes a template of
 */

/**
 * @param {string} root the folder templates/
 * @returns {string[]} every template's path below it, with forward slashes, sorted
 */
export function listTemplates(root) {
  return walk(root, '').toSorted();
}

/** @param {string} root @param {string} below @returns {string[]} */
function walk(root, below) {
  return readdirSync(join(root, below), { withFileTypes: true })
    .filter((entry) => !LEFTOVERS.has(entry.name))
    .flatMap((entry) => {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      return entry.isDirectory() ? walk(root, path) : [path];
    });
}

/**
 * @param {string} root the folder templates/
 * @returns {readonly EmbeddedLayer[]}
 */
export function embedLayers(root) {
  return [...mountLayers(listTemplates(root))].map(([name, files]) => {
    const [varying, fixed] = [files.filter(({ source }) => source.endsWith('.hbs')), files.filter(({ source }) => !source.endsWith('.hbs'))];
    const contents = fixed.toSorted(byKind).map(({ path, source }) => ({ path, content: readFileSync(join(root, source)) }));
    const compiled = varying.map(({ path, source }) => `${JSON.stringify(path)}: { source: ${JSON.stringify(source)}, specification: ${compile(root, source)} }`);
    return { name, entries: formatEntries(contents), compiled: `{\n${compiled.join(',\n')}\n}` };
  });
}

/** Files of a kind beside each other: five per cent less when compressed. @param {{ path: string }} a @param {{ path: string }} b */
function byKind(a, b) {
  const [kindA, kindB] = [extname(a.path), extname(b.path)];
  return kindA === kindB ? (a.path < b.path ? -1 : 1) : kindA < kindB ? -1 : 1;
}

/** @param {string} root @param {string} path */
function compile(root, path) {
  try {
    return Handlebars.precompile(readFileSync(join(root, path), 'utf8'), COMPILE);
  } catch (cause) {
    throw new Error(`templates/${path} does not compile`, { cause });
  }
}
