// Declares the programmatic interface in one file, dist/index.d.cts: what src/index.ts exports, and what that names.
import { rename } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { dts } from 'rolldown-plugin-dts';
import findCompiler from '../node_modules/typescript/lib/getExePath.js';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
await build({
  input: { index: fileURLToPath(new URL('../src/index.ts', import.meta.url)) },
  // TypeScript 7 is a program without a JavaScript interface, which the plugin calls as it calls the preview of it.
  plugins: [dts({ tsgo: { path: findCompiler() }, tsconfig: fileURLToPath(new URL('../tsconfig.json', import.meta.url)), emitDtsOnly: true })],
  output: { dir: dist },
});
await rename(`${dist}/index.d.ts`, `${dist}/index.d.cts`);
