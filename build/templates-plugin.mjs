// `import { packed, size } from '#templates'`, for the bundle (Rolldown) and for the tests (Vite): both see the same.
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { embedTemplates } from './embed.mjs';

const ROOT = fileURLToPath(new URL('../templates', import.meta.url));
const ID = '#templates';
const FILE = 'templates.br';

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
      const { document, size } = embedTemplates(ROOT);
      this.emitFile({ type: 'asset', fileName: FILE, source: compress(document, 11) });
      return `import { readFileSync } from 'node:fs';\nimport { join } from 'node:path';\n${moduleOf(`readFileSync(join(__dirname, ${JSON.stringify(FILE)}))`, size)}`;
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
      const { document, size } = embedTemplates(ROOT);
      return moduleOf(`Buffer.from(${JSON.stringify(compress(document, 1).toString('base64'))}, 'base64')`, size);
    },
  };
}

/** The block and the postfix are what these texts come out smallest with, by trying. @param {Buffer} document @param {number} quality 0 to 11 */
function compress(document, quality) {
  const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_MODE, BROTLI_MODE_TEXT, BROTLI_PARAM_LGWIN, BROTLI_PARAM_LGBLOCK, BROTLI_PARAM_NPOSTFIX } = constants;
  return brotliCompressSync(document, {
    params: { [BROTLI_PARAM_QUALITY]: quality, [BROTLI_PARAM_MODE]: BROTLI_MODE_TEXT, [BROTLI_PARAM_LGWIN]: 22, [BROTLI_PARAM_LGBLOCK]: 19, [BROTLI_PARAM_NPOSTFIX]: 3 },
  });
}

/** @param {string} packed source of an expression @param {number} size */
function moduleOf(packed, size) {
  return `export const packed = () => ${packed};\nexport const size = ${size};\n`;
}
