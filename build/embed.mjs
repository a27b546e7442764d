// Reads the folder templates/ for the bundle and for the tests: fixed files packed, .hbs files compiled,
// so that the published package neither compiles a template nor compresses a fixed file when it runs.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { importBundled } from './import-bundled.mjs';
import { mountLayers } from './layers.mjs';

const require = createRequire(import.meta.url);
// The CommonJS build: the package's ESM entry is not one that Node itself can load.
const Handlebars = require('handlebars');
/** @type {typeof import('../src/io/packed-files.ts')} */
const { formatEntries } = await importBundled('src/io/packed-files.ts');
/** @type {typeof import('../src/plan/slots.ts')} */
const { hasSlots } = await importBundled('src/plan/slots.ts');
/** @type {typeof import('../src/options/features.ts')} */
const { FEATURES } = await importBundled('src/options/features.ts');

const LAYERS = ['base', ...FEATURES.map(({ flag }) => flag)];

/**
 * Compiled so that an unknown name throws, an unknown helper does not compile, and nothing is escaped for HTML.
 * @type {import('handlebars').PrecompileOptions}
 */
const COMPILE = { strict: true, noEscape: true, knownHelpersOnly: true };

/** The file names that tools leave behind in a template that was run where it lies. */
const LEFTOVERS = new Set(['node_modules', '__pycache__', '.venv', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.coverage', 'dist', '.DS_Store']);

/**
 * @typedef {object} EmbeddedLayer
 * @property {string} name
 * @property {string} entries its fixed files, as src/io/packed-files.ts writes them
 * @property {string} varying source of an object: path in the project to `{ source, text }`, or to `{ source, specification }`, which Handlebars' runtime makes a template of
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
  const layers = mountLayers(listTemplates(root), LAYERS);
  const meeting = pathsOfSeveral([...layers.values()]);
  return [...layers].map(([name, files]) => {
    const read = files.map(({ path, source }) => ({ path, source, content: readFileSync(join(root, source)) }));
    const varies = (/** @type {typeof read[number]} */ { path, source, content }) => source.endsWith('.hbs') || meeting.has(path) || hasSlots(content.toString());
    const varying = read.filter(varies).map((file) => `${JSON.stringify(file.path)}: ${embed(file)}`);
    return { name, entries: formatEntries(read.filter((file) => !varies(file)).toSorted(byKind)), varying: `{\n${varying.join(',\n')}\n}` };
  });
}

/** @param {readonly (readonly { path: string }[])[]} layers @returns {ReadonlySet<string>} the paths at which layers meet */
function pathsOfSeveral(layers) {
  const paths = layers.flatMap((files) => files.map(({ path }) => path));
  return new Set(paths.filter((path, index) => paths.indexOf(path) !== index));
}

/** @param {{ source: string, content: Buffer }} file */
function embed({ source, content }) {
  const value = source.endsWith('.hbs') ? `specification: ${compile(source, content)}` : `text: ${JSON.stringify(content.toString())}`;
  return `{ source: ${JSON.stringify(source)}, ${value} }`;
}

/** Files of a kind beside each other: five per cent less when compressed. @param {{ path: string }} a @param {{ path: string }} b */
function byKind(a, b) {
  const [kindA, kindB] = [extname(a.path), extname(b.path)];
  return kindA === kindB ? (a.path < b.path ? -1 : 1) : kindA < kindB ? -1 : 1;
}

/** @param {string} source @param {Buffer} content */
function compile(source, content) {
  try {
    return Handlebars.precompile(content.toString(), COMPILE);
  } catch (cause) {
    throw new Error(`templates/${source} does not compile`, { cause });
  }
}
