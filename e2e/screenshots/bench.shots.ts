/** The bench, from the first visit to a trained run. `RESIDUA_CATEGORY` names a category folder to use instead of the sample. */
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { chooseDevice, openApp, setConfig, waitForPhase, waitForStep } from '../helpers/app.ts';
import { dropFiles } from '../helpers/drop.ts';
import { expect, test } from '../helpers/test.ts';
import { shoot } from './shoot.ts';

const category = process.env['RESIDUA_CATEGORY'];

const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });

const pointAt = async (page: Page, panel: string, x: number, y: number): Promise<void> => {
  const picture = page.getByTestId(`panel-${panel}`).locator('.picture');
  const box = await picture.boundingBox();
  if (!box) throw new Error(`the panel ${panel} is not on the page`);
  await page.mouse.move(box.x + x * box.width, box.y + y * box.height);
};

const openData = async (page: Page): Promise<void> => {
  if (category === undefined) return;
  await dropFiles(page, [category]);
  const summary = page.getByTestId('dataset-summary');
  await expect(summary).toContainText(basename(category), { timeout: 60_000 });
};

const train = async (page: Page, loss: 'l2' | 'wfdl', epochs: number): Promise<void> => {
  await setConfig(page, { loss, side: 64, width: 0.25, batch: 8, epochs, evaluateEvery: 4, seed: 0 });
  await page
    .getByRole('group', { name: 'Training' })
    .getByRole('button', { name: /^Train/ })
    .click();
};

test('the bench', async ({ page }) => {
  await openApp(page);
  await page.waitForTimeout(1500);
  await shoot(page, 'start');
  await page.getByLabel('Batch', { exact: true }).focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.waitForTimeout(700);
  await shoot(page, 'hint');
  await page.keyboard.press('Escape');

  await openData(page);
  await chooseDevice(page, 'wasm');
  await train(page, 'l2', 80);
  await waitForStep(page, 40);
  await shoot(page, 'training');
  await waitForPhase(page, 'finished', 300_000);
  await shoot(page, 'done');
  await page.getByRole('button', { name: 'Close the notice' }).click();
  await page.waitForTimeout(1500);
  await shoot(page, 'trained');

  await pointAt(page, 'input', 0.52, 0.35);
  await page.keyboard.down('Control');
  for (let notch = 0; notch < 4; notch++) await page.mouse.wheel(0, -100);
  await pointAt(page, 'spectrum-input', 0.45, 0.45);
  for (let notch = 0; notch < 3; notch++) await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await page.mouse.down();
  await page.mouse.up();
  await shoot(page, 'zoomed');
  await page.getByTestId('zoom').getByRole('button', { name: 'Reset zoom' }).click();

  await page.getByRole('radio', { name: 'Compare' }).click();
  await page.getByLabel('Reconstruction as of epoch').press('Home');
  await page.waitForTimeout(800);
  await shoot(page, 'past-epoch-compared');
  await page.getByLabel('Reconstruction as of epoch').press('End');
  await page.getByRole('radio', { name: 'Map', exact: true }).click();

  await region(page, 'Gallery')
    .getByRole('radio', { name: /^False alarms/ })
    .click();
  await page.getByRole('radio', { name: 'Good images' }).click();
  await page.waitForTimeout(2500);
  await region(page, 'Scores').scrollIntoViewIfNeeded();
  await page.getByRole('list', { name: 'Retained runs' }).scrollIntoViewIfNeeded();
  await shoot(page, 'decision');
  await region(page, 'Gallery').getByRole('radio', { name: /^All/ }).click();

  await train(page, 'wfdl', 12);
  await waitForPhase(page, 'running');
  await waitForPhase(page, 'finished', 300_000);
  await page.getByRole('checkbox', { name: 'Overlay L2 1' }).check();
  await page.waitForTimeout(800);
  await shoot(page, 'overlaid');
  await page.getByRole('button', { name: 'Table', exact: true }).first().click();
  await page.waitForTimeout(400);
  await shoot(page, 'runs-dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings panel' }).click();
  await page.getByRole('button', { name: 'Gallery panel' }).click();
  await shoot(page, 'folded');
});
