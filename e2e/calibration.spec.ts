/** The calibrated residual after training: pooling, bands, past evaluations, and its statistics. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { aurocOfSnapshot } from './helpers/auroc-by-pairs.ts';
import { colorCount } from './helpers/canvas.ts';
import { expect, test } from './helpers/test.ts';

const panel = (page: Page, name: string) => page.getByTestId(`panel-${name}`);

/** Waits until the test images are scored with these settings. */
const waitForEvaluation = (page: Page, wanted: Record<string, unknown>): Promise<unknown> =>
  page.waitForFunction((settings) => {
    const latest = window.residua.snapshot().evaluations.at(-1);
    return Object.entries(settings).every(
      ([name, value]) => latest !== undefined && Reflect.get(latest, name) === value,
    );
  }, wanted);

test('a residual is calibrated on good parts, pooled, split and reset without training', async ({ page }) => {
  await openApp(page);
  await setConfig(page, { side: 32, epochs: 4, evaluateEvery: 2, loss: 'l2', residual: 'raw' });
  await transport(page, 'Train').click();
  const { steps } = await waitForPhase(page, 'finished');
  const scores = page.getByRole('region', { name: 'Score' });
  await expect(scores.getByRole('slider', { name: 'Pooling of the calibration' })).toHaveCount(0);
  await expect(panel(page, 'residual').locator('figcaption')).not.toContainText('σ²');

  await scores.getByRole('combobox', { name: 'Residual' }).selectOption('calibrated');
  await waitForEvaluation(page, { residual: 'calibrated', calibrationPooling: 0.1, calibrationBands: 'on' });
  await expect(panel(page, 'residual').locator('figcaption')).toContainText('σ², test set');
  await expect(panel(page, 'residual').locator('.color-bar')).toContainText('σ²');
  const choice = scores.getByRole('radiogroup', { name: 'AUROC by pooling' });
  const auroc = aurocOfSnapshot(await snapshot(page)).toFixed(3);
  await expect(choice.getByRole('radio', { name: `0.1 ${auroc}` })).toBeChecked();
  await expect(choice).not.toContainText('–');

  await choice.getByRole('radio', { name: /all pixels/ }).click();
  await waitForEvaluation(page, { calibrationPooling: 1 });
  const pooled = aurocOfSnapshot(await snapshot(page)).toFixed(3);
  await expect(page.getByTestId('auroc')).toHaveText(pooled);
  await expect(choice.getByRole('radio', { name: `all pixels ${pooled}` })).toBeChecked();
  const pooling = scores.getByRole('slider', { name: 'Pooling of the calibration' });
  await pooling.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(pooling).toHaveAttribute('aria-valuetext', '0.95');
  await waitForEvaluation(page, { calibrationPooling: 0.95 });
  await page.keyboard.press('Home');
  await expect(pooling).toHaveAttribute('aria-valuetext', 'this pixel');
  await waitForEvaluation(page, { calibrationPooling: 0 });
  await page.keyboard.press('Control+z');
  await expect(pooling).not.toHaveAttribute('aria-valuetext', 'this pixel');

  const figure = page.getByRole('figure', { name: /low cut-off of the band; best/ });
  await expect(figure).toBeVisible();
  await scores.getByRole('checkbox', { name: 'Show residual statistics' }).check();
  for (const name of ['left-over-mean', 'left-over-deviation']) {
    await expect(panel(page, name)).toHaveAttribute('data-filled', 'true');
    expect(await colorCount(panel(page, name).locator('canvas'))).toBeGreaterThan(16);
  }
  await expect(panel(page, 'left-over-mean').locator('figcaption')).toContainText(/\d+ good images/);
  await expectAccessible(page, 'calibrated residual');

  // The previous evaluation was raw. The panel reports that it was not calibrated.
  const scrubber = page.getByRole('slider', { name: 'Reconstruction as of epoch' });
  await scrubber.focus();
  await page.keyboard.press('Home');
  await expect(panel(page, 'residual').locator('figcaption')).toContainText('raw: not calibrated');
  await page.keyboard.press('End');
  await expect(panel(page, 'residual').locator('figcaption')).toContainText('σ²');

  await scores.getByRole('checkbox', { name: 'Calibrate in bands' }).uncheck();
  await waitForEvaluation(page, { calibrationBands: 'off' });
  await expect(page.getByTestId('auroc')).toHaveText(aurocOfSnapshot(await snapshot(page)).toFixed(3));
  const score = scores.getByRole('combobox', { name: 'Score', exact: true });
  await score.selectOption('ssim');
  await waitForEvaluation(page, { score: 'ssim' });
  await expect(pooling).toHaveCount(0);
  const residual = scores.getByRole('combobox', { name: 'Residual' });
  await expect(residual).toHaveAttribute('aria-disabled', 'true');
  await residual.focus();
  await expect(page.getByRole('tooltip').last()).toContainText(
    'Only scores of the squared residual can be calibrated',
  );
  await expect(panel(page, 'left-over-mean')).toHaveCount(0);
  expect((await snapshot(page)).steps).toHaveLength(steps.length);
});
