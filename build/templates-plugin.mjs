// `import { layers } from '#templates'`, for the bundle (Rolldown) and for the tests (Vite): both see the same values.
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { embedLayers } from './embed.mjs';

const ROOT = fileURLToPath(new URL('../templates', import.meta.url));
const ID = '#templates';

/**
 * Static files lie beside the bundle, compressed once: runs neither parse them as code nor compress
 * them again for the project's base, and a project has the same bytes whatever zlib its Node has.
 * @returns {import('rolldown').Plugin}
 */
export function bundleTemplates() {
  return {
    name: 'templates',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const layers = embedLayers(ROOT).map(({ name, entries, varying }) => {
        const fileName = `${name}.json.gz`;
        this.emitFile({ type: 'asset', fileName, source: gzipSync(entries, { level: 9 }) });
        return { name, packed: `() => readFileSync(join(__dirname, ${JSON.stringify(fileName)}))`, varying };
      });
      return `import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\n${moduleOf(layers)}`;
    },
  };
}

/** @returns {import('vite').Plugin} */
export function viteTemplates() {
  return {
    name: 'templates',
    enforce: 'pre',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const layers = embedLayers(ROOT).map(({ name, entries, varying }) => {
        return { name, packed: `() => Buffer.from(${JSON.stringify(gzipSync(entries).toString('base64'))}, 'base64')`, varying };
      });
      return moduleOf(layers);
    },
  };
}

/** @param {readonly { name: string, packed: string, varying: string }[]} layers the last two as source */
function moduleOf(layers) {
  return `export const layers = [${layers.map(({ name, packed, varying }) => `{ name: ${JSON.stringify(name)}, packed: ${packed}, varying: ${varying} }`).join(',\n')}];\n`;
}
