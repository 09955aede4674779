/** The page Spectrum, and the frequencies of each run in the explorer. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { chooseDevice, openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { colorCount } from './helpers/canvas.ts';
import { expect, test } from './helpers/test.ts';

const side = 32;

const openPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click();

const trained = async (page: Page): Promise<void> => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { loss: 'l2', side, batch: 8, epochs: 4, evaluateEvery: 1, learningRate: 0.01 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished', 270_000);
};

test('the page Spectrum is accessible, compares runs, and follows the pointer', async ({ page }) => {
  await trained(page);
  await openPage(page, 'Spectrum');
  await expect(page.locator('[data-curve="contestant-0-good"]')).toBeVisible();
  await expectAccessible(page, 'Spectrum');

  // A frequency under the pointer is drawn as its wave over the input.
  const spectrum = page.getByTestId('panel-page-input-spectrum').locator('.picture');
  await spectrum.scrollIntoViewIfNeeded();
  const box = (await spectrum.boundingBox())!;
  await page.mouse.move(
    box.x + (box.width * (side / 2 + 4.5)) / side,
    box.y + (box.height * (side / 2 + 0.5)) / side,
  );
  await expect(page.getByTestId('frequency-readout')).toContainText(
    'u 0, v 4: 4 cycles per image, period 8 px',
  );
  await expect(page.getByTestId('panel-page-input').getByTestId('wave')).toBeVisible();

  // The explorer filters the reconstruction and its residual, too.
  await openPage(page, 'Figures');
  const run = page.getByTestId('filtered-contestant-0');
  await expect(run).toContainText('What L2 lost up to 4 cycles');
  const before = await run.locator('p').innerText();
  await page.getByRole('radio', { name: 'Band-pass' }).click();
  await expect(run).toContainText(/What L2 lost between 4 and 8\.5 cycles/);
  expect(await run.locator('p').innerText()).not.toBe(before);
  expect(await colorCount(run.locator('canvas').last())).toBeGreaterThan(8);
});
