/** The other pages, the dialogs, and the messages about problems. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { openApp, setConfig, transport, waitForPhase, waitForStep } from '../helpers/app.ts';
import { writeCategory, writeFileAt } from '../helpers/category-folder.ts';
import { dropFiles } from '../helpers/drop.ts';
import { test } from '../helpers/test.ts';
import { shoot } from './shoot.ts';

const openPage = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name }).click();
  await page.waitForTimeout(1500);
};

test('pages and dialogs', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-shots-'));
  try {
    await openApp(page);
    await setConfig(page, { side: 64, width: 0.25, batch: 8, epochs: 4, evaluateEvery: 2 });
    await transport(page, 'Train').click();
    await waitForPhase(page, 'finished');
    await page.getByRole('button', { name: 'View weight', exact: true }).click();
    await page.waitForTimeout(800);
    await shoot(page, 'weight-dialog');
    await page.keyboard.press('Escape');

    await openPage(page, 'Spectrum');
    await shoot(page, 'spectrum');
    await openPage(page, 'Figures');
    await shoot(page, 'figures');
    await openPage(page, 'Table II');
    await shoot(page, 'table');
    await openPage(page, 'Method');
    await shoot(page, 'method');
    await openPage(page, 'Bench');

    writeFileAt(join(folder, 'notes'), 'today.txt', 'no picture');
    await dropFiles(page, [join(folder, 'notes')]);
    await page.getByRole('alert').first().waitFor();
    await shoot(page, 'refused');
    for (const name of ['bottle', 'pill'])
      writeCategory(join(folder, 'root', name), { train: 4, good: 2, defects: { spot: 2 } });
    await dropFiles(page, [join(folder, 'root')]);
    await page.getByRole('dialog').waitFor();
    await shoot(page, 'category-chooser');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('an interrupted run and the storage', async ({ page }) => {
  await openApp(page);
  await setConfig(page, { side: 32, width: 0.25, batch: 16, epochs: 400, evaluateEvery: 100 });
  await transport(page, 'Train').click();
  await waitForStep(page, 30);
  await transport(page, 'Pause').click();
  await waitForPhase(page, 'paused');
  await page.waitForFunction(() => window.residua.store.getState().storage.stored.length > 0);
  await page.reload();
  await page.getByTestId('resume-offer').waitFor();
  await shoot(page, 'resume-offer');
  await page.getByRole('button', { name: 'Help' }).click();
  await page.getByRole('menuitem', { name: 'Storage' }).click();
  await page.getByRole('dialog', { name: 'Storage' }).waitFor();
  await shoot(page, 'storage');
});

test('without WebGPU', async ({ page }) => {
  await page.addInitScript("Object.defineProperty(navigator, 'gpu', { value: undefined });");
  await openApp(page);
  await page.waitForTimeout(1500);
  await shoot(page, 'no-webgpu');
});
