// Bundles src/ and templates/ into dist/: no run-time dependency, and a chunk for each thing that only some runs need.
import { chmod, mkdir, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { esbuildTemplates } from './templates-plugin.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));

await rm(`${root}/dist`, { recursive: true, force: true });
await mkdir(`${root}/dist`);
await build({
  absWorkingDir: root,
  entryPoints: { main: 'src/main.ts', index: 'src/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  minify: true,
  legalComments: 'none',
  chunkNames: '[name]-[hash]',
  define: { VERSION: JSON.stringify(version) },
  plugins: [esbuildTemplates(`${root}/dist/templates.json.br`)],
  // CommonJS packages in the bundle ask for Node's own modules by require, which an ES module lacks.
  banner: { js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);' },
  logLevel: 'warning',
});
// An ES module costs some 6 ms more to load than this, a quarter of what Node itself takes to start.
await build({
  absWorkingDir: root,
  entryPoints: ['src/bin.ts'],
  outfile: 'dist/bin.cjs',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.12',
  minify: true,
  legalComments: 'none',
  define: { VERSION: JSON.stringify(version) },
  plugins: [{ name: 'main', setup: (plugin) => plugin.onResolve({ filter: /\/main\.ts$/ }, () => ({ path: './main.js', external: true })) }],
  logLevel: 'warning',
});
await chmod(`${root}/dist/bin.cjs`, 0o755);
