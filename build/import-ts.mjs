// Lets the build use a module of src/, so that what both need is written once; Node 20 reads no TypeScript.
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';

/**
 * @param {string} path below the repository's root
 * @returns {Promise<any>} what the module exports
 */
export async function importTs(path) {
  const input = fileURLToPath(new URL(`../${path}`, import.meta.url));
  const { output } = await build({ input, platform: 'node', write: false, output: { format: 'esm', codeSplitting: false } });
  return import(`data:text/javascript,${encodeURIComponent(output[0].code)}`);
}
