import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, URL } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  test: {
    environment: 'happy-dom',
    environmentOptions: { happyDOM: { url: 'http://localhost/' } },
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/testing/setup.ts'],
    testTimeout: 20_000, // whoever types does so for long on a busy machine
    restoreMocks: true,
    unstubGlobals: true,

    // Of the run of all tests: `npm test -- --coverage`, as ./docker-dev.sh test does; a part of them cannot cover all.
    coverage: {
      // Where the tests run in a container, the folder of the sources is not theirs to write to.
      reportsDirectory: join(tmpdir(), 'coverage'),
      include: ['src/**/*.{ts,tsx}'],
      exclude: [
        'src/main.tsx', // puts the application into the page: for a browser, in e2e/
        'src/**/*.d.ts', // types, some of them generated: no code
      ],
      reporter: [['text', { skipFull: true }]],
      // A floor below what is covered now: raise it with what you add.
      thresholds: { branches: 95, lines: 98 },
    },
  },
})
