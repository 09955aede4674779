/** The page on plain static hosting, under a path: it offers the reload that isolates it. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type PlainServer, servePlainly } from './helpers/plain-server.ts';
import { expect, test } from './helpers/test.ts';

const base = '/some/path/';
let folder: string;
let server: PlainServer;

test.use({ serviceWorkers: 'allow' });

// After the fixture `appUrl` has built the page.
test.beforeAll(({ appUrl: _ }) => {
  folder = mkdtempSync(join(tmpdir(), 'residua-hosting-'));
  cpSync('dist', folder, { recursive: true });
});

test.afterAll(() => rmSync(folder, { recursive: true }));

test.beforeEach(async () => {
  server = await servePlainly(folder, base);
});

test.afterEach(() => server.close());

const isIsolated = (page: Page): Promise<boolean> => page.evaluate(() => crossOriginIsolated);

test('after a click of the user the page does not reload by itself, but offers it', async ({ page }) => {
  await page.goto(`${server.url}?empty`);
  await page.getByRole('button', { name: 'Results panel' }).click();
  const notice = page.getByTestId('reload-notice');
  await expect(notice).toContainText('After a reload, training uses all processor cores.');
  expect(await isIsolated(page)).toBe(false);
  await Promise.all([page.waitForEvent('load'), notice.getByRole('button', { name: 'Reload' }).click()]);
  expect(await isIsolated(page)).toBe(true);
});
