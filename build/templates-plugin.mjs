// `import … from '#templates'`, for the bundle (esbuild) and for the tests (Vite): both see the same module.
import { fileURLToPath } from 'node:url';
import { embed } from './embed.mjs';

const ROOT = fileURLToPath(new URL('../templates', import.meta.url));
const ID = '#templates';

/** @returns {import('esbuild').Plugin} */
export function esbuildTemplates() {
  return {
    name: 'templates',
    setup(build) {
      build.onResolve({ filter: /^#templates$/ }, () => ({ path: ID, namespace: 'templates' }));
      build.onLoad({ filter: /.*/, namespace: 'templates' }, () => ({ contents: embed(ROOT), loader: 'js' }));
    },
  };
}

/** @returns {import('vite').Plugin} */
export function viteTemplates() {
  return {
    name: 'templates',
    enforce: 'pre',
    resolveId: (id) => (id === ID ? `\0${ID}` : undefined),
    load: (id) => (id === `\0${ID}` ? embed(ROOT) : undefined),
  };
}
