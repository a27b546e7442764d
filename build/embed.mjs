// Reads the folder templates/ for the bundle and for the tests: texts as one document, .hbs files compiled, so that the
// published package compiles no template when it runs.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';
import { importBundled } from './import-bundled.mjs';
import { mountLayers } from './layers.mjs';

const require = createRequire(import.meta.url);
// The CommonJS build: the package's ESM entry is not one that Node itself can load.
const Handlebars = require('handlebars');
/** @type {typeof import('../src/plan/merge-base.ts')} */
const { encodeContent } = await importBundled('src/plan/merge-base.ts');
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
 * @typedef {object} EmbeddedTemplates
 * @property {string} files JSON in ASCII, which is read in half the time: layer to its fixed files and its texts in which layers meet
 * @property {string} compiled source of an object: layer, path in the project, and `{ source, specification }`, which
 *   Handlebars' runtime makes a template of
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
 * @returns {EmbeddedTemplates}
 */
export function embedTemplates(root) {
  const layers = mountLayers(listTemplates(root), LAYERS);
  const meeting = pathsOfSeveral([...layers.values()]);
  const read = [...layers].map(([name, files]) => ({ name, files: files.map((file) => ({ ...file, ...readTemplate(root, file, meeting) })).toSorted(byKind) }));
  return {
    files: asAscii(JSON.stringify(read.map(({ name, files }) => ({
      name,
      fixed: Object.fromEntries(files.filter(({ kind }) => kind === 'fixed').map(({ path, content }) => [path, encodeContent(content)])),
      texts: Object.fromEntries(files.filter(({ kind }) => kind === 'text').map(({ path, source, content }) => [path, { source, text: content.toString() }])),
    })))),
    compiled: objectOf(read.map(({ name, files }) => [
      name,
      objectOf(files.filter(({ kind }) => kind === 'hbs').map(({ path, source, content }) => [path, `{ source: ${JSON.stringify(source)}, specification: ${compile(source, content)} }`])),
    ])),
  };
}

/**
 * @param {string} root @param {{ path: string, source: string }} file @param {ReadonlySet<string>} meeting
 * @returns {{ content: Buffer, kind: 'hbs' | 'text' | 'fixed' }}
 */
function readTemplate(root, { path, source }, meeting) {
  const content = readFileSync(join(root, source));
  if (source.endsWith('.hbs')) return { content, kind: 'hbs' };
  return { content, kind: meeting.has(path) || hasSlots(content.toString()) ? 'text' : 'fixed' };
}

/** @param {readonly (readonly [string, string])[]} entries key to the source of its value @returns {string} */
function objectOf(entries) {
  return `{\n${entries.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(',\n')}\n}`;
}

/** @param {string} json */
function asAscii(json) {
  return json.replace(/[\u0080-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** @param {readonly (readonly { path: string }[])[]} layers @returns {ReadonlySet<string>} the paths at which layers meet */
function pathsOfSeveral(layers) {
  const paths = layers.flatMap((files) => files.map(({ path }) => path));
  return new Set(paths.filter((path, index) => paths.indexOf(path) !== index));
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
