// Declares the programmatic interface in one file, dist/index.d.cts: what src/index.ts exports, and the errors that it throws.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'devstack-types-'));
try {
  execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.types.json'), '--outDir', folder], { stdio: 'inherit' });
  const read = (/** @type {string} */ name) => readFileSync(join(folder, name), 'utf8');
  const own = read('index.d.ts').replace(/^import .*\n|^export \{.*\};\n/gm, '');
  if (/from '\./.test(own)) throw new Error('src/index.ts exports a type of another module: declare it there, or readers get half an interface');
  writeFileSync(join(root, 'dist/index.d.cts'), `${read('errors.d.ts')}${own}`);
} finally {
  rmSync(folder, { recursive: true });
}
