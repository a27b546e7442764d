// Where the templates lie and what becomes of their paths: `templates/<part>/<layer>/<path>` in, files by layer out.
import { posix } from 'node:path';

/** Where each part goes in the project. @type {Readonly<Record<string, string>>} */
const MOUNTS = { compose: '.', 'backend-django': 'backend', 'frontend-vite': 'frontend', nginx: 'nginx' };

/** Stored under another name, because npm or git would act on them where the templates lie. @type {Readonly<Record<string, string>>} */
const STORED_AS = { _gitignore: '.gitignore', _npmrc: '.npmrc' };

/** @typedef {{ path: string, source: string }} Mounted a file's path in the project, and below templates/ */

/**
 * @param {readonly string[]} sources paths below templates/, with forward slashes
 * @param {readonly string[]} known the layers that there are, `base` first
 * @returns {ReadonlyMap<string, readonly Mounted[]>} by layer, in the order of the known ones
 * @throws where a source lies in no known part or layer, or two of one layer are mounted at one path
 */
export function mountLayers(sources, known) {
  /** @type {Map<string, Mounted[]>} */
  const layers = new Map(known.map((name) => [name, []]));
  for (const source of sources) {
    const [part = '', name = '', ...rest] = source.split('/');
    const mount = MOUNTS[part];
    if (mount === undefined) throw new Error(`templates/${source} lies in no known part: ${Object.keys(MOUNTS).join(', ')}`);
    const layer = layers.get(name);
    if (layer === undefined) throw new Error(`templates/${source} lies in no known layer: ${known.join(', ')}`);
    const path = posix.join(mount, emittedName(rest.join('/')));
    const twin = layer.find((file) => file.path === path);
    if (twin !== undefined) throw new Error(`the layer ${name} writes ${path} twice: templates/${twin.source} and templates/${source}`);
    layer.push({ path, source });
  }
  return layers;
}

/** @param {string} path */
function emittedName(path) {
  const name = posix.basename(path).replace(/\.hbs$/, '');
  return posix.join(posix.dirname(path), STORED_AS[name] ?? name);
}
