// A folder in, what lies in it out: files, bytes, and packages' manifests.
import { lstatSync, readdirSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

/** Links are not followed and not counted. @param {string} folder @returns {{ files: number, bytes: number, manifests: number }} */
export function treeSize(folder) {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = paths.map((path) => ({ path, stat: lstatSync(join(folder, path)) })).filter(({ stat }) => stat.isFile());
  return {
    files: files.length,
    bytes: files.reduce((sum, { stat }) => sum + stat.size, 0),
    manifests: files.filter(({ path }) => isManifest(path)).length,
  };
}

/** The package.json of an installed package, not one of those that lie deeper in it. @param {string} path below node_modules */
function isManifest(path) {
  if (!path.endsWith(`${sep}package.json`)) return false;
  const parts = dirname(path).split(sep);
  const [name = ''] = parts.slice(parts.lastIndexOf('node_modules') + 1);
  return parts.length - 1 - parts.lastIndexOf('node_modules') === (name.startsWith('@') ? 2 : 1);
}
