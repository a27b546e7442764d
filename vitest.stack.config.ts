/** The real thing: projects are generated, booted in Docker and looked at. `npm run test:stack`; needs Docker and Chromium. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/stack/**/*.test.ts'],
    globalSetup: ['test/stack/global-setup.ts'],
    // One booted stack is shared, and times are measured: nothing may run beside them.
    fileParallelism: false,
    maxWorkers: 1,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
