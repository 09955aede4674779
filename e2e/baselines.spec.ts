/** The baselines of a category without training: the table, its notices, the lines in the chart, the mean image. */
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { createRng } from '#core/rng.ts';
import { expectAccessible } from './helpers/accessible.ts';
import { chooseDevice, openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { aurocByPairs } from './helpers/auroc-by-pairs.ts';
import { colorCount } from './helpers/canvas.ts';
import { writeFileAt } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

const side = 48;

/** Noise around a level; only the level separates good from anomalous. */
const gray = (seed: number, level: number): Uint8Array => {
  const { uniform } = createRng(seed, 'e2e/baselines');
  const data = Uint8Array.from({ length: side * side * 3 }, () => level + Math.floor(20 * uniform()));
  return encode({ width: side, height: side, data, channels: 3 });
};

/** A category whose anomalous images differ only in brightness. */
const brightCategory = (): string => {
  const folder = join(mkdtempSync(join(tmpdir(), 'residua-bright-')), 'bright');
  for (let image = 0; image < 8; image++) {
    writeFileAt(folder, `train/good/${image}.png`, gray(image, 90 + (image % 4)));
    writeFileAt(folder, `test/good/${image}.png`, gray(20 + image, 90 + (image % 3)));
    writeFileAt(folder, `test/light/${image}.png`, gray(40 + image, 120 + (image % 3)));
  }
  return folder;
};

const baselines = (page: Page) => page.evaluate(() => window.residua.baselines());
const row = (page: Page, name: string) => page.getByTestId(`baseline-${name}`);
const section = (page: Page) => page.getByRole('region', { name: 'Without training' });

test('the sample has its baselines before any training, in the table, the chart and the file', async ({
  page,
}) => {
  await openApp(page);
  const found = await baselines(page);
  const { anomalous } = await page.evaluate(() => {
    const { samples } = window.residua.snapshot();
    return { anomalous: samples.filter(({ split }) => split === 'test').map((sample) => sample.anomalous) };
  });
  for (const { name, scores, imageAuroc } of found.baselines) {
    const expected = aurocByPairs([...scores], anomalous);
    expect(imageAuroc).toEqual({ defined: true, value: expect.closeTo(expected, 12) });
    await expect(row(page, name)).toContainText(expected.toFixed(3));
  }
  await expect(row(page, 'brightness').getByRole('img')).toHaveAccessibleName(
    /brightness: good .+, anomalous .+/,
  );
  await expect(page.getByTestId('legend-mean-image')).toHaveText(/mean image \d\.\d{3}/);
  await expect(page.getByTestId('legend-variation-model')).toHaveText(/variation model \d\.\d{3}/);
  const dashes = await page
    .locator('[data-testid^="legend-"] path')
    .evaluateAll((paths) => paths.map((path) => path.getAttribute('stroke-dasharray')));
  expect(new Set(dashes).size).toBe(2);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Baselines as CSV' }).click();
  const lines = readFileSync(await (await download).path(), 'utf8').split('\r\n');
  expect(lines).toHaveLength(8);
  expect(lines[1]).toMatch(/^brightness,0\.\d+,/);
  await expectAccessible(page, 'baselines before training');
});

test('the baselines follow the score, and report if the variation model cannot', async ({ page }) => {
  await openApp(page);
  await baselines(page);
  const before = await row(page, 'mean-image').textContent();
  await setConfig(page, { score: 'ssim' });
  const { baselines: found } = await baselines(page);
  expect(found.find(({ name }) => name === 'mean-image')?.settings?.score).toBe('ssim');
  await expect(row(page, 'mean-image')).toContainText('1 − SSIM');
  await expect(row(page, 'variation-model')).toContainText('top share');
  await expect(section(page)).toContainText('the variation model uses the top share');
  expect(await row(page, 'mean-image').textContent()).not.toBe(before);
});

test('the mean good image replaces the reconstruction in all panels, without training', async ({ page }) => {
  await openApp(page);
  await baselines(page);
  const panel = page.getByTestId('panel-reconstruction');
  await expect(panel).toHaveAttribute('data-filled', 'false');
  await page.getByRole('radio', { name: 'Mean image' }).click();
  for (const name of [
    'reconstruction',
    'residual',
    'overlay',
    'spectrum-reconstruction',
    'spectrum-difference',
  ]) {
    await expect(page.getByTestId(`panel-${name}`)).toHaveAttribute('data-filled', 'true');
  }
  await expect(panel).toContainText('Mean good image');
  expect(await colorCount(panel.locator('canvas'))).toBeGreaterThan(20);
  await expect(page.getByTestId('score')).toBeVisible();
  await expectAccessible(page, 'mean good image in the bench');
  await page.getByRole('radio', { name: 'Model', exact: true }).click();
  await expect(panel).toHaveAttribute('data-filled', 'false');
});

test('a test set that brightness separates gives a notice at the data and at the table', async ({ page }) => {
  await openApp(page);
  await setConfig(page, { side: 32 });
  await dropFiles(page, [brightCategory()]);
  await expect(page.getByTestId('dataset-summary')).toContainText('bright', { timeout: 60_000 });
  await baselines(page);
  const notice = /Mean brightness alone separates this test set without training \(AUROC 1\.000\)/;
  await expect(page.getByTestId('dataset-summary')).toContainText(notice);
  await expect(section(page)).toContainText(notice);
  await expect(section(page)).toContainText('any other figure on these images may come from it alone');
});

test('a run is compared with the variation model in the header, the metrics, the runs and the notice', async ({
  page,
}) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { side: 32, batch: 16, epochs: 2, evaluateEvery: 1 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  const { difference } = await baselines(page);
  if (!difference?.defined) throw new Error('the difference is undefined');
  const text = `${difference.value < 0 ? '−' : '+'}${Math.abs(difference.value).toFixed(3)}`;
  await expect(page.getByTestId('auroc-beside')).toContainText(`${text} to the variation model`);
  await expect(page.getByTestId('metrics-difference')).toContainText(text);
  await expect(page.getByRole('list', { name: 'Retained runs' })).toContainText(text);
  const kept = await page.evaluate(() => {
    const [run] = window.residua.store.getState().runs.retained;
    return run?.references?.difference;
  });
  expect(kept).toEqual(difference);
});
