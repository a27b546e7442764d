// The command that is measured in, the files that it writes out, as the one document that bare-write.mjs takes.
import { spawnSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { projectIn, PROJECT } from './cases.mjs';

/** @param {Pick<import('./install.mjs').Own, 'script'>} own @param {string} folder a temporary one @returns {string} the document's path */
export function writeSample({ script }, folder) {
  const [cwd, document] = [join(folder, 'sample'), join(folder, 'sample.json')];
  mkdirSync(cwd);
  const { status, stderr } = spawnSync(process.execPath, [script, ...PROJECT], { cwd, encoding: 'utf8', stdio: ['ignore', 'ignore', 'pipe'] });
  if (status !== 0) throw new Error(`the project could not be written: ${stderr}`);
  const root = projectIn(cwd);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => lstatSync(join(root, path)).isFile());
  writeFileSync(document, JSON.stringify(paths.map((path) => [path.replaceAll(sep, '/'), readFileSync(join(root, path), 'base64')])));
  return document;
}
