// Imports what Node 20 does not take as it is: a module of src/, so that what the build needs too is written once, or a
// package that imports JSON.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'rolldown';

/**
 * @param {string} path below the repository's root
 * @returns {Promise<any>} what the module exports
 */
export async function importBundled(path) {
  const input = fileURLToPath(new URL(`../${path}`, import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), 'devstack-bundled-'));
  const file = join(folder, 'module.mjs');
  try {
    await build({ input, platform: 'node', output: { file, format: 'esm', codeSplitting: false } });
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
