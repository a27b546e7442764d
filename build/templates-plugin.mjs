// `import … from '#templates'`, for the bundle (esbuild) and for the tests (Vite): both see the same values.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { compileTemplates, readStatics } from './embed.mjs';

const ROOT = fileURLToPath(new URL('../templates', import.meta.url));
const ID = '#templates';

/** The static files are packed: half a megabyte of string literals would be read and parsed by every run that writes. */
const UNPACK = `import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
export const statics = JSON.parse(brotliDecompressSync(readFileSync(new URL('templates.json.br', import.meta.url))).toString('utf8'));
`;

/**
 * @param {string} packed where the static files go, beside the bundle
 * @returns {import('esbuild').Plugin}
 */
export function esbuildTemplates(packed) {
  return {
    name: 'templates',
    setup(build) {
      build.onResolve({ filter: /^#templates$/ }, () => ({ path: ID, namespace: 'templates' }));
      build.onLoad({ filter: /.*/, namespace: 'templates' }, () => {
        const text = Buffer.from(JSON.stringify(readStatics(ROOT)));
        const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, BROTLI_PARAM_SIZE_HINT, BROTLI_MAX_QUALITY, BROTLI_MAX_WINDOW_BITS } = constants;
        const params = { [BROTLI_PARAM_QUALITY]: BROTLI_MAX_QUALITY, [BROTLI_PARAM_LGWIN]: BROTLI_MAX_WINDOW_BITS, [BROTLI_PARAM_SIZE_HINT]: text.length };
        writeFileSync(packed, brotliCompressSync(text, { params }));
        return { contents: UNPACK + compileTemplates(ROOT), loader: 'js' };
      });
    },
  };
}

/** @returns {import('vite').Plugin} */
export function viteTemplates() {
  return {
    name: 'templates',
    enforce: 'pre',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? `export const statics = ${JSON.stringify(readStatics(ROOT))};\n${compileTemplates(ROOT)}` : undefined),
  };
}
