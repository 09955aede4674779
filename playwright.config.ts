/** End-to-end tests in Chromium: the built app, served by each worker itself (`e2e/helpers/test.ts`). */
import { defineConfig } from '@playwright/test';
import { chromiumExecutable, chromiumFlags } from './src/cli/browsers.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // A page spends half of its time waiting: two take 0.7 of the time of one after the other.
  workers: 2,
  forbidOnly: process.env['CI'] === 'true',
  timeout: 300_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
    // `hosting.spec.ts` allows them; elsewhere they would answer requests before the test's routes.
    serviceWorkers: 'block',
    launchOptions: { executablePath: chromiumExecutable(), args: [...chromiumFlags] },
  },
});
