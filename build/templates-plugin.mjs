// `import { packed, compiled } from '#templates'`, for the bundle (Rolldown) and for the tests (Vite): both see the same values.
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { embedTemplates } from './embed.mjs';

const ROOT = fileURLToPath(new URL('../templates', import.meta.url));
const ID = '#templates';
const FILE = 'templates.json.br';

/**
 * Texts lie beside the bundle, compressed: a run does not parse them as code. Brotli, since it takes a fifth less than gzip.
 * @returns {import('rolldown').Plugin}
 */
export function bundleTemplates() {
  return {
    name: 'templates',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load(id) {
      if (id !== `\0${ID}`) return undefined;
      const { files, compiled } = embedTemplates(ROOT);
      this.emitFile({ type: 'asset', fileName: FILE, source: compress(files, 11) });
      return `import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\n${moduleOf(`readFileSync(join(__dirname, ${JSON.stringify(FILE)}))`, compiled)}`;
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
      const { files, compiled } = embedTemplates(ROOT);
      return moduleOf(`Buffer.from(${JSON.stringify(compress(files, 1).toString('base64'))}, 'base64')`, compiled);
    },
  };
}

/** @param {string} text @param {number} quality 0 to 11 */
function compress(text, quality) {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT, [constants.BROTLI_PARAM_LGWIN]: 22 } });
}

/** @param {string} packed source of an expression @param {string} compiled source of an object */
function moduleOf(packed, compiled) {
  return `export const packed = () => ${packed};\nexport const compiled = ${compiled};\n`;
}
