import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { viteTemplates } from './build/templates-plugin.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

/** What is about Bash, about terminals of Unix, or about signals that Windows does not have. */
const POSIX_ONLY = ['test/script/**', 'test/process/terminal.test.ts', 'test/io/signals.test.ts'];

export default defineConfig({
  plugins: [viteTemplates()],
  define: { VERSION: JSON.stringify(version) },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/stack/**', 'test/prod/**', 'node_modules/**', 'templates/**', ...(process.platform === 'win32' ? POSIX_ONLY : [])],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    maxWorkers: '100%', // most tests wait for a process of their own
  },
});
