/** Production, generated, built and run in Docker. `npm run test:prod`; needs Docker. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/prod/**/*.test.ts'],
    globalSetup: ['test/prod/global-setup.ts'],
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 180_000,
    hookTimeout: 400_000,
  },
});
