/** The screen says what it shows: the crosshair, the titles of maps, messages, and controls that stay in their places. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { chooseDevice, openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

const small = { side: 32, width: 0.25, batch: 8, evaluateEvery: 1, loss: 'l2', seed: 0 } as const;

/** Left edges of the header's buttons. */
const headerPlaces = (page: Page): Promise<readonly number[]> =>
  page
    .locator('.header button')
    .evaluateAll((buttons) => buttons.map((button) => Math.round(button.getBoundingClientRect().left)));

const panel = (page: Page, name: string) => page.getByTestId(`panel-${name}`);

test('the crosshair leaves with the pointer unless it is pinned, and Esc clears it', async ({ page }) => {
  await openApp(page);
  const lines = panel(page, 'reconstruction').locator('.crosshair-vertical');
  const input = panel(page, 'input').locator('.picture');
  const readOut = page.getByTestId('readout-pixel');
  await input.hover();
  await expect(panel(page, 'input').locator('.crosshair-vertical')).toBeVisible();
  await expect(readOut).toContainText(/x, y\s*\d+, \d+/);
  await page.mouse.move(2, 2);
  await expect(readOut).toContainText(/x, y\s*–/);
  await expect(lines).toBeHidden();
  await input.click();
  await page.mouse.move(2, 2);
  await expect(page.getByTestId('readout')).toContainText('pinned');
  await expect(readOut).toContainText(/x, y\s*\d+, \d+/);
  await page.keyboard.press('Escape');
  await expect(readOut).toContainText(/x, y\s*–/);
  await expect(page.getByTestId('readout')).toContainText('click to pin');
});

test('the gallery opens at its top, and messages neither shift the page nor outlive their subject', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'residua-screen-'));
  try {
    await openApp(page);
    const gallery = page.locator('.gallery-scroll');
    await expect(gallery.getByRole('listitem').first()).toBeVisible();
    expect(await gallery.evaluate(({ scrollTop }) => scrollTop)).toBe(0);

    const bench = page.getByRole('region', { name: 'Image bench' });
    const before = await bench.boundingBox();
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await dropFiles(page, [empty]);
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('it is empty');
    expect(await bench.boundingBox()).toEqual(before);
    await expectAccessible(page, 'a message over the page');

    const model = join(folder, 'model.json');
    writeFileSync(model, '{}');
    await dropFiles(page, [model]);
    await expect(alert).toHaveCount(1);
    await expect(alert).toContainText('weights.bin is missing');
    await page.getByRole('button', { name: 'Sample', exact: true }).click();
    await expect(alert).toHaveCount(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the line above the panels names the run on the screen, and old pictures are dimmed', async ({
  page,
}) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  const line = page.getByTestId('shown');
  await expect(line).toContainText('No run yet');
  await setConfig(page, { ...small, epochs: 2 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  await expect(line).toContainText('L2, seed 0, epoch 2');
  await expect(line).toHaveAttribute('data-run', 'present');
  const place = await line.boundingBox();
  await setConfig(page, { loss: 'wfdl', seed: 5, epochs: 40, evaluateEvery: 20 });
  await expect(line).toContainText('L2, seed 0, epoch 2earlier run');
  await expectAccessible(page, 'an earlier run on the screen');

  await transport(page, 'Train again').click();
  await waitForPhase(page, 'running');
  await expect(panel(page, 'reconstruction')).toHaveAttribute('data-shown', 'stale');
  await expect(panel(page, 'input')).not.toHaveAttribute('data-shown');
  await expect(page.getByRole('region', { name: 'Gallery' })).toHaveAttribute('data-shown', 'stale');
  await expect(line).toContainText('L2, seed 0, epoch 2earlier run');
  await expectAccessible(page, 'old pictures under a new run');
  expect(await line.boundingBox()).toEqual(place);
  await waitForPhase(page, 'finished');
  await expect(line).toContainText('WFDL, seed 5, epoch 40');
  await expect(panel(page, 'reconstruction')).toHaveAttribute('data-shown', 'current');
  await page.getByLabel('Reconstruction as of epoch').press('Home');
  await expect(line).toContainText('past epoch');
  await page.getByLabel('Reconstruction as of epoch').press('End');
  // Reset asks only until the run is retained.
  await page.waitForFunction(() => {
    const { savedStep, status } = window.residua.store.getState().run;
    return savedStep === status.step;
  });
  await transport(page, 'Reset').click();
  await expect(line).toContainText('No run yet');
});

test('a new score leaves the old curve gray until all epochs have it, and a table compares all scores', async ({
  page,
}) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { ...small, epochs: 3, residual: 'raw', score: 'sum', bandLow: 0 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  const table = page.getByTestId('score-table');
  await expect(table.getByRole('row')).not.toHaveCount(0, { timeout: 60_000 });
  await expect(table.locator('tr[data-in-use="true"]')).toHaveText(/^squared residual, Eq. 9/);
  await expect(page.getByRole('region', { name: 'All scores' })).toContainText('Picked on test images');
  await table.scrollIntoViewIfNeeded();
  await expectAccessible(page, 'the table of all scores', 'aside[aria-label=Results]');

  const scores = () =>
    page.evaluate(() =>
      window.residua.store.getState().run.history.evaluations.map(({ score, imageAuroc }) => ({
        score,
        auroc: imageAuroc.defined ? imageAuroc.value : undefined,
      })),
    );
  const before = await scores();
  await table.getByRole('button', { name: 'Use 1 − SSIM', exact: true }).click();
  await expect
    .poll(async () => (await scores()).map(({ score }) => score), { timeout: 60_000 })
    .toEqual(['ssim', 'ssim', 'ssim']);
  expect(await scores()).not.toEqual(before);
  await expect(table.locator('tr[data-in-use="true"]')).toHaveText(/^1 − SSIM/);
  await setConfig(page, { score: 'sum' });
  await expect.poll(scores, { timeout: 60_000 }).toMatchObject(before.map(({ score }) => ({ score })));
  const again = await scores();
  for (const [index, { auroc }] of before.entries()) expect(again[index]?.auroc).toBeCloseTo(auroc ?? 0, 3);
});

test('panels are titled by the map of the score, and the header stays in place while training', async ({
  page,
}) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { ...small, epochs: 3, residual: 'raw', score: 'sum' });
  const idle = await headerPlaces(page);
  await transport(page, 'Train').click();
  await waitForPhase(page, 'running');
  expect(await headerPlaces(page)).toEqual(idle);
  await waitForPhase(page, 'finished');
  expect(await headerPlaces(page)).toEqual(idle);

  const title = panel(page, 'residual').locator('figcaption b');
  const overlay = panel(page, 'overlay').locator('figcaption span');
  await expect(title).toHaveText('Residual');
  for (const [score, name] of [
    ['ssim', '1 − SSIM'],
    ['gradient', 'Gradient error'],
    ['spectral', 'Weighted residual'],
  ] as const) {
    await setConfig(page, { score });
    await expect(title).toHaveText(name);
    await expect(overlay).toHaveText(`${name}, 60 %`);
  }
  await setConfig(page, { score: 'top-share', residual: 'calibrated' });
  await expect(title).toHaveText('Calibrated residual');
  await expect(page.getByTestId('readout-pixel')).toContainText('calibrated');
});
