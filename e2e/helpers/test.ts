/** Playwright's `test` with the built app served. A test fails on any uncaught error of the page. */
import { test as base } from '@playwright/test';
import { ensureBuilt, serveApp } from '../../src/cli/built-app.ts';

interface TestFixtures {
  /** Messages of uncaught exceptions in the page; a test with any of them fails at its end. */
  pageErrors: string[];
}

interface WorkerFixtures {
  /** Address of the built app. */
  appUrl: string;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  appUrl: [
    async ({ browserName: _ }, use) => {
      await ensureBuilt();
      const { url, close } = await serveApp();
      await use(url);
      await close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ appUrl }, use) => use(appUrl),
  pageErrors: [
    async ({ page }, use) => {
      const errors: string[] = [];
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      page.on('crash', () => errors.push('The page crashed.'));
      await use(errors);
      test.expect(errors, 'exceptions in the page').toEqual([]);
    },
    { auto: true },
  ],
});

export const { expect } = test;
