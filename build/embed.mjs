// Reads the folder templates/ for the bundle and for the tests: static files as they are, .hbs files compiled,
// so that the published package compiles no template when it runs.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
// The CommonJS build: the package's ESM entry is not one that Node itself can load.
const Handlebars = require('handlebars');

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
 * @returns {Record<string, string | [string]>} each file that never varies, as text, or as base64 in an array where it is none
 */
export function readStatics(root) {
  const paths = listTemplates(root).filter((path) => !path.endsWith('.hbs'));
  return Object.fromEntries(paths.map((path) => [path, encode(readFileSync(join(root, path)))]));
}

/**
 * @param {string} root the folder templates/
 * @returns {string} source of the constant `compiled`: path to what Handlebars' runtime makes a template of
 */
export function compileTemplates(root) {
  const paths = listTemplates(root).filter((path) => path.endsWith('.hbs'));
  return `export const compiled = {\n${paths.map((path) => `${JSON.stringify(path)}: ${compile(root, path)}`).join(',\n')}\n};\n`;
}

/** @param {string} root @param {string} path */
function compile(root, path) {
  try {
    return Handlebars.precompile(readFileSync(join(root, path), 'utf8'), COMPILE);
  } catch (cause) {
    throw new Error(`templates/${path} does not compile`, { cause });
  }
}

/** @param {Buffer} content @returns {string | [string]} */
function encode(content) {
  const text = content.toString('utf8');
  return Buffer.from(text, 'utf8').equals(content) ? text : [content.toString('base64')];
}
