/** Journeys through the running application, in a real browser: ./docker-dev.sh e2e */
import { defineConfig } from '@playwright/test'

const { E2E_URL, E2E_BROWSER } = process.env

export default defineConfig({
  testDir: 'journeys',
  // One stack for all, and some journeys stop a part of it.
  workers: 1,
  timeout: 120_000,
  // Chromium drops what it is loading when a network comes or goes, as it does with each container.
  retries: 1,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: E2E_URL ?? 'http://localhost',
    // A page that stays blank is tried once more soon, rather than when the time of the whole journey is up.
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(E2E_BROWSER && { executablePath: E2E_BROWSER }),
      // Chromium refuses its sandbox to root, which is what CI often is.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
})
