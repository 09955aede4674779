/** The original size of an image: what a pixel stands for, and the map over the file's pixels. */
import { expectAccessible } from './helpers/accessible.ts';
import { chooseDevice, openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

test('the page says what a pixel stands for, and lays the map over the original, zoomed', async ({
  page,
}) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { side: 32, width: 0.25, epochs: 1, evaluateEvery: 1, batch: 16 });
  const meaning = '1 px = 8 px of yours; defects under about 16 px may vanish';
  await expect(page.getByTestId('pixel-size')).toHaveText(meaning);
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');

  const open = page.getByRole('button', { name: 'Original', exact: true });
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Original size' });
  await expect(dialog.getByTestId('original-text')).toContainText(`256 × 256 px. ${meaning}.`);
  const image = dialog.getByTestId('original-image');
  await expect(image).toHaveAttribute('width', '256');
  await expect(dialog.getByTestId('original-layer')).toBeVisible();
  const box = async () => (await image.boundingBox())!;
  const fit = (await box()).width;
  const layer = (await dialog.getByTestId('original-layer').boundingBox())!;
  expect(layer.width).toBeCloseTo(fit, 0);

  // The wheel zooms around the pointer.
  const before = await box();
  const at = { x: before.x + before.width / 4, y: before.y + before.height / 4 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.wheel(0, -800);
  await expect.poll(async () => (await box()).width).toBeGreaterThan(2 * fit);
  const after = await box();
  expect((at.x - after.x) / after.width).toBeCloseTo(0.25, 1);
  await expectAccessible(page, 'the original size', '.original');

  await page.keyboard.press('0');
  await expect.poll(async () => (await box()).width).toBeCloseTo(fit, 0);
  // The file is smaller than the window.
  await expect(dialog.getByRole('button', { name: '1 : 1' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
