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
        // What puts the application into a browser's page and address: walked through in e2e/.
        'src/main.tsx',
        'src/app/app.tsx',
        'src/app/router.ts',
        'src/**/*.d.ts', // types, some of them generated: no code
        'src/testing/**', // what tests are made of
      ],
      reporter: [['text', { skipFull: true }]],
      thresholds: { 100: true },
    },
  },
})
