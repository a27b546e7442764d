// Writes what the README takes from the code: the option table.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const README = fileURLToPath(new URL('../README.md', import.meta.url));

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../src/cli/help.ts', import.meta.url))],
  bundle: true,
  format: 'esm',
  platform: 'node',
  write: false,
});
const { readmeTable } = await import(`data:text/javascript,${encodeURIComponent(outputFiles[0]?.text ?? '')}`);

const before = await readFile(README, 'utf8');
const after = before.replace(/(<!-- options -->\n)[\s\S]*?(<!-- \/options -->)/, (_, start, end) => `${start}${readmeTable()}\n${end}`);
if (after !== before) await writeFile(README, after);
