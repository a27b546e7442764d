// Bundles src/ and templates/ into dist/, without a run-time dependency.
import { chmod, readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { bundleTemplates } from './templates-plugin.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = `${root}/dist`;
const { version } = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));

/** @type {import('rolldown').BuildOptions} */
const COMMON = { cwd: root, platform: 'node', transform: { target: 'node20.12', define: { VERSION: JSON.stringify(version) } } };

/** Node loads CommonJS faster than ES modules: ten milliseconds of a run that writes, six of `--help`. @type {import('rolldown').OutputOptions} */
const OUTPUT = { dir: dist, format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs', minify: true, comments: false };

await rm(dist, { recursive: true, force: true });
await build({
  ...COMMON,
  input: { main: 'src/main.ts', index: 'src/index.ts' },
  plugins: [bundleTemplates()],
  output: {
    ...OUTPUT,
    // A chunk for each thing that only some runs need; what they share is one chunk, since each costs a third of a millisecond.
    codeSplitting: {
      groups: [
        { name: 'program', test: /node_modules(?![\\/]kolorist)|io[\\/]program\.ts/, minShareCount: 2, priority: 1 },
        { name: 'common', minShareCount: 2 }, // packed beside bin, with which it has most in common
      ],
    },
  },
});
// The entry is a bundle of its own, so that it can answer `--help` and `--version` without any other file.
await build({
  ...COMMON,
  input: { bin: 'src/bin.ts' },
  plugins: [{ name: 'main', resolveId: (id) => (id.endsWith('/main.ts') ? { id: './main.cjs', external: true } : undefined) }],
  output: { ...OUTPUT, dynamicImportInCjs: false },
});
await chmod(`${dist}/bin.cjs`, 0o755);
