// Reads the folder templates/ for the bundle and for the tests, as one document: what all is compressed in together, and of
// which a run needs no more than to find the files.
import { isUtf8 } from 'node:buffer';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { importBundled } from './import-bundled.mjs';
import { mountLayers } from './layers.mjs';
import { parseTemplate } from './parse-template.mjs';

/** @type {typeof import('../src/io/indentation.ts')} */
const { takeIndentation } = await importBundled('src/io/indentation.ts');
/** @type {typeof import('../src/plan/slots.ts')} */
const { hasSlots } = await importBundled('src/plan/slots.ts');
/** @type {typeof import('../src/options/features.ts')} */
const { FEATURES } = await importBundled('src/options/features.ts');

const LAYERS = ['base', ...FEATURES.map(({ flag }) => flag)];

/** The file names that tools leave behind in a template that was run where it lies. */
const LEFTOVERS = new Set(['node_modules', '__pycache__', '.venv', '.pytest_cache', '.mypy_cache', '.ruff_cache', '.coverage', 'dist', '.DS_Store']);

/** What never varies, texts in which layers meet, and what is rendered. */
const KINDS = /** @type {const} */ (['fixed', 'texts', 'templates']);

/**
 * @typedef {object} Embedded
 * @property {string} path in the project
 * @property {(typeof KINDS)[number]} kind
 * @property {string} note what a run has to know of it: of a fixed file its encoding, of the others where it lies below templates/
 * @property {Buffer | string} content
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
 * @typedef {object} EmbeddedTemplates
 * @property {Buffer} document in JSON which files each layer has, then the content of each in that order; a NUL behind every
 *   part, and the indentation taken out
 * @property {number} size of the document with its indentation
 */

/**
 * @param {string} root the folder templates/
 * @returns {EmbeddedTemplates}
 */
export function embedTemplates(root) {
  const mounted = mountLayers(listTemplates(root), LAYERS);
  const meeting = pathsOfSeveral([...mounted.values()]);
  const layers = [...mounted].map(([name, files]) => ({ name, files: files.map((file) => readTemplate(root, file, meeting)).toSorted(byExtension) }));
  const index = layers.map(({ name, files }) => ({ name, ...Object.fromEntries(KINDS.map((kind) => [kind, notesOf(ofKind(files, kind))])) }));
  const contents = layers.flatMap(({ files }) => KINDS.flatMap((kind) => ofKind(files, kind))).map(({ content }) => content);
  const whole = Buffer.concat([JSON.stringify(index), ...contents].flatMap((part) => [Buffer.from(part), Buffer.from([0])]));
  return { document: Buffer.from(takeIndentation(whole.toString('latin1')), 'latin1'), size: whole.length };
}

/** @param {string} root @param {{ path: string, source: string }} file @param {ReadonlySet<string>} meeting @returns {Embedded} */
function readTemplate(root, { path, source }, meeting) {
  const content = readFileSync(join(root, source));
  if (source.endsWith('.hbs')) return { path, kind: 'templates', note: source, content: parse(source, content) };
  if (!isUtf8(content) || content.includes(0)) return { path, kind: 'fixed', note: 'base64', content: content.toString('base64') };
  if (meeting.has(path) || hasSlots(content.toString())) return { path, kind: 'texts', note: source, content };
  return { path, kind: 'fixed', note: 'utf8', content };
}

/** @param {string} source @param {Buffer} content @returns {string} */
function parse(source, content) {
  try {
    return JSON.stringify(parseTemplate(content.toString()));
  } catch (cause) {
    throw new Error(`templates/${source} does not compile`, { cause });
  }
}

/** @param {readonly Embedded[]} files @param {Embedded['kind']} kind */
function ofKind(files, kind) {
  return files.filter((file) => file.kind === kind);
}

/** @param {readonly Embedded[]} files */
function notesOf(files) {
  return Object.fromEntries(files.map(({ path, note }) => [path, note]));
}

/** @param {readonly (readonly { path: string }[])[]} layers @returns {ReadonlySet<string>} the paths at which layers meet */
function pathsOfSeveral(layers) {
  const paths = layers.flatMap((files) => files.map(({ path }) => path));
  return new Set(paths.filter((path, index) => paths.indexOf(path) !== index));
}

/** Like beside like: less when compressed. @param {{ path: string }} a @param {{ path: string }} b */
function byExtension(a, b) {
  const [kindA, kindB] = [extname(a.path), extname(b.path)];
  return kindA === kindB ? (a.path < b.path ? -1 : 1) : kindA < kindB ? -1 : 1;
}
