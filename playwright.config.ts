/** End-to-end tests in Chromium: the built app, served by each worker itself (`e2e/helpers/test.ts`). */
import { defineConfig } from '@playwright/test';
import { chromiumExecutable, chromiumFlags } from './src/cli/browsers.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  // One page at a time: with a second one, the page's estimates of its own time are twice too long.
  workers: 1,
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
