import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { viteTemplates } from './build/templates-plugin.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')) as { version: string };

export default defineConfig({
  plugins: [viteTemplates()],
  define: { VERSION: JSON.stringify(version) },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/stack/**', 'node_modules/**', 'templates/**'],
    testTimeout: 20_000,
    maxWorkers: '100%', // most tests wait for a process of their own
  },
});
