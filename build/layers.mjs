// Where the templates lie and what becomes of their paths: `templates/<part>/<layer>/<path>` in, files by layer out.
import { posix } from 'node:path';

/** Where each part goes in the project. @type {Readonly<Record<string, string>>} */
const MOUNTS = { compose: '.', 'backend-django': 'backend', 'frontend-vite': 'frontend', nginx: 'nginx' };

/** Stored under another name, because npm or git would act on them where the templates lie. @type {Readonly<Record<string, string>>} */
const STORED_AS = { _gitignore: '.gitignore', _npmrc: '.npmrc' };

/** @typedef {{ path: string, source: string }} Mounted a file's path in the project, and below templates/ */

/**
 * @param {readonly string[]} sources paths below templates/, with forward slashes
 * @returns {ReadonlyMap<string, readonly Mounted[]>} by layer: `base` first, then one for each feature
 * @throws where a source lies in no known part, or two are mounted at one path: layers add files and replace none
 */
export function mountLayers(sources) {
  /** @type {Map<string, Mounted[]>} */
  const layers = new Map([['base', []]]);
  /** @type {Map<string, string>} */
  const taken = new Map();
  for (const source of sources) {
    const [part = '', layer = '', ...rest] = source.split('/');
    const mount = MOUNTS[part];
    if (mount === undefined) throw new Error(`templates/${source} lies in no known part: ${Object.keys(MOUNTS).join(', ')}`);
    const path = posix.join(mount, emittedName(rest.join('/')));
    const other = taken.get(path);
    if (other !== undefined) throw new Error(`two layers write ${path}: templates/${other} and templates/${source}`);
    taken.set(path, source);
    layers.set(layer, [...(layers.get(layer) ?? []), { path, source }]);
  }
  return layers;
}

/** @param {string} path */
function emittedName(path) {
  const base = posix.basename(path).replace(/\.hbs$/, '');
  return posix.join(posix.dirname(path), STORED_AS[base] ?? base);
}
