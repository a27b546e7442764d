/** The real thing: projects are generated, booted in Docker and looked at. `npm run test:stack`; needs Docker and Chromium. */
import { defineConfig } from 'vitest/config';

/** Each boots a project of its own, holds no time to a bar, and needs no browser: what takes long here is mostly a project's own checks. */
const TOGETHER = ['circles', 'current-images', 'feature-sets', 'first-day', 'fresh-clone', 'ownership', 'pg-upgrade', 'worked-resource', 'worker'].map(
  (name) => `test/stack/${name}.test.ts`,
);
/** For what hangs. What has to be quick has a bar of its own. */
const LIMITS = { testTimeout: 600_000, hookTimeout: 600_000 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...LIMITS,
          name: 'alone',
          include: ['test/stack/**/*.test.ts'],
          exclude: TOGETHER,
          globalSetup: ['test/stack/build.ts', 'test/stack/global-setup.ts'],
          setupFiles: ['test/stack/evidence.ts'],
          // One booted stack is shared, and times are measured: nothing may run beside them.
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      // Three, for two cores: some of it waits. That makes each slower.
      { test: { ...LIMITS, testTimeout: 1_200_000, name: 'together', include: TOGETHER, globalSetup: ['test/stack/build.ts'], maxWorkers: 3, sequence: { groupOrder: 2 } } },
    ],
  },
});
