/** Production, generated, built and run in Docker. `npm run test:prod`; needs Docker. */
import { defineConfig } from 'vitest/config';

const SWARM = ['test/prod/swarm.test.ts'];
const LIMITS = { testTimeout: 180_000, hookTimeout: 400_000, fileParallelism: false, maxWorkers: 1 };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...LIMITS,
          name: 'site',
          include: ['test/prod/**/*.test.ts'],
          exclude: SWARM,
          globalSetup: ['test/stack/build.ts', 'test/prod/global-setup.ts'],
          setupFiles: ['test/stack/evidence.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      // Behind all else: an engine that leaves a swarm forgets the names of the containers that it runs.
      { test: { ...LIMITS, name: 'swarm', include: SWARM, globalSetup: ['test/stack/build.ts'], sequence: { groupOrder: 2 } } },
    ],
  },
});
