/** The real thing: projects are generated, booted in Docker and looked at. `npm run test:stack`; needs Docker and Chromium. */
import { defineConfig } from 'vitest/config';

/** Each boots a project of its own, measures no time and needs no browser: what takes long here is the project's own checks. */
const BY_THEMSELVES = ['circles', 'current-images', 'feature-sets', 'fresh-clone', 'ownership', 'pg-upgrade', 'worked-resource'].map(
  (name) => `test/stack/${name}.test.ts`,
);
/** For what hangs. What has to be quick has a bar of its own. */
const LIMITS = { testTimeout: 300_000, hookTimeout: 600_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...LIMITS,
          name: 'alone',
          include: ['test/stack/**/*.test.ts'],
          exclude: BY_THEMSELVES,
          globalSetup: ['test/stack/global-setup.ts'],
          // One booted stack is shared, and times are measured: nothing may run beside them.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      { test: { ...LIMITS, name: 'together', include: BY_THEMSELVES, maxWorkers: 2, sequence: { groupOrder: 2 } } },
    ],
  },
});
