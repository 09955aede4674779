/** The image bench: linked zoom, the crosshair's values, before and after, past epochs. */
import type { Page } from '@playwright/test';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

const side = 32;
const quick = {
  side,
  width: 0.25,
  batch: 16,
  epochs: 3,
  evaluateEvery: 1,
  seed: 3,
  learningRate: 0.01,
} as const;
const images = ['input', 'reconstruction', 'residual', 'overlay'];
const spectra = ['spectrum-input', 'spectrum-reconstruction', 'spectrum-difference', 'weight'];

const pictureOf = (page: Page, panel: string) => page.getByTestId(`panel-${panel}`).locator('.picture');

const boxOf = async (page: Page, panel: string) => {
  const box = await pictureOf(page, panel).boundingBox();
  if (!box) throw new Error(`${panel} is not drawn`);
  return box;
};

/** The page coordinates of a pixel's center in a panel without zoom. */
const placeOf = async (page: Page, panel: string, column: number, row: number) => {
  const { x, y, width, height } = await boxOf(page, panel);
  return [x + ((column + 0.5) / side) * width, y + ((row + 0.5) / side) * height] as const;
};

/** The scale of each panel's canvas, and its offset as a fraction of the panel, to a thousandth. */
const transforms = (page: Page, panels: readonly string[]) =>
  page.evaluate(
    (names) =>
      names.map((name) => {
        const panel = document.querySelector(`[data-testid="panel-${name}"]`);
        const outer = panel?.querySelector('.picture')?.getBoundingClientRect();
        const inner = panel?.querySelector('canvas')?.getBoundingClientRect();
        if (!outer || !inner) throw new Error(`${name} is not drawn`);
        const share = (value: number): number => Number((value / outer.width).toFixed(3));
        return [share(inner.width), share(inner.left - outer.left), share(inner.top - outer.top)];
      }),
    panels,
  );

const pixelsOf = (page: Page, panel: string): Promise<string> =>
  pictureOf(page, panel)
    .locator('canvas')
    .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

/** Delays in ms, sorted, from a pointer event to the end of the frame that shows the crosshair there. */
const crosshairDelays = (page: Page): Promise<readonly number[]> =>
  page.evaluate(async () => {
    const picture = document.querySelector('[data-testid="panel-input"] .picture');
    const line = picture?.querySelector('.crosshair-vertical');
    if (!picture || !line) throw new Error('the bench is not drawn');
    const { left, top, width } = picture.getBoundingClientRect();
    const delays: number[] = [];
    for (let i = 1; i <= 20; i++) {
      const clientX = left + (width * i) / 21;
      await new Promise(requestAnimationFrame);
      const startMs = performance.now();
      picture.dispatchEvent(new PointerEvent('pointermove', { bubbles: true, clientX, clientY: top + 9 }));
      while (Math.abs(line.getBoundingClientRect().left - clientX) > width / 32)
        await new Promise(requestAnimationFrame);
      // The next frame starts when the frame with the crosshair is done.
      await new Promise(requestAnimationFrame);
      delays.push(performance.now() - startMs);
    }
    return delays.sort((a, b) => a - b);
  });

test('zoom, crosshair, before and after, and past epochs of one image', async ({ page }) => {
  await openApp(page);
  await setConfig(page, quick);
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  const whole = [1, 0, 0];

  // The zero frequency of a picture is the sum of its pixels, real and positive. Others have some phase.
  await page.mouse.move(...(await placeOf(page, 'spectrum-input', side / 2, side / 2)));
  const frequency = page.getByTestId('readout-frequency');
  await expect(frequency).toContainText('u, v0, 0');
  await expect(frequency).toContainText('∠F0.00 rad');
  await expect(frequency).toContainText('∠F̂0.00 rad');
  await page.mouse.move(...(await placeOf(page, 'weight', side / 2 + 3, side / 2 - 2)));
  await expect(frequency).toContainText(/u, v−2, 3.*∠F−?[0-3]\.\d\d rad.*∠F̂−?[0-3]\.\d\d rad.*w\d/);

  // Zooming at a pixel leaves the pointer on that pixel. This applies to all images, but to no spectrum.
  await page.mouse.move(...(await placeOf(page, 'residual', 8, 20)));
  await expect(page.getByTestId('readout-pixel')).toContainText('x, y8, 20');
  // The wheel alone scrolls the page, and says how to zoom.
  await page.mouse.wheel(0, -400);
  await expect(page.locator('[data-wheel-hint]')).toHaveAttribute(
    'data-wheel-hint',
    /(Ctrl|⌘) \+ wheel zooms/,
  );
  expect(await transforms(page, images)).toEqual(images.map(() => whole));
  await page.keyboard.down('Control');
  for (let notch = 0; notch < 4; notch++) await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect(page.locator('[data-wheel-hint]')).toHaveCount(0);
  await expect.poll(async () => (await transforms(page, images))[0]?.[0]).toBeGreaterThan(2);
  const zoomed = await transforms(page, images);
  expect(new Set(zoomed.map(String)).size).toBe(1);
  expect(await transforms(page, spectra)).toEqual(spectra.map(() => whole));
  await page.mouse.move(...(await placeOf(page, 'input', 8, 20)));
  await expect(page.getByTestId('readout-pixel')).toContainText('x, y8, 20');

  // A drag moves the content without pinning; a click pins.
  const [x, y] = await placeOf(page, 'input', 16, 16);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 20, y - 10, { steps: 4 });
  await page.mouse.up();
  const panned = await transforms(page, images);
  expect(panned).not.toEqual(zoomed);
  expect(new Set(panned.map(String)).size).toBe(1);
  await expect(page.getByText('pinned', { exact: true })).toHaveCount(0);
  await page.mouse.click(x, y);
  await expect(page.getByText('pinned', { exact: true })).toBeVisible();
  await page.mouse.dblclick(x, y);
  await expect.poll(() => transforms(page, images)).toEqual(images.map(() => whole));
  await page.mouse.click(x, y);

  await pictureOf(page, 'weight').focus();
  await page.keyboard.press('+');
  await expect(page.getByTestId('zoom')).toContainText('spectra × 1.5');
  expect(new Set((await transforms(page, spectra)).map(String)).size).toBe(1);
  const weightReset = page.getByTestId('panel-weight').getByRole('button', { name: 'Reset zoom' });
  await weightReset.click();
  await expect.poll(() => transforms(page, spectra)).toEqual(spectra.map(() => whole));
  await expect(weightReset).toBeHidden();
  await pictureOf(page, 'weight').press('+');
  await page.getByTestId('zoom').getByRole('button', { name: 'Reset zoom' }).click();
  await expect.poll(() => transforms(page, spectra)).toEqual(spectra.map(() => whole));

  const delays = await crosshairDelays(page);
  report(
    `pointer to crosshair: median ${delays[10]?.toFixed(1)} ms, longest ${delays.at(-1)?.toFixed(1)} ms`,
  );

  await page.getByRole('radio', { name: 'Compare' }).click();
  const divider = page.getByRole('slider', { name: 'Divider between input and reconstruction' });
  await expect(divider).toHaveAttribute('aria-valuenow', '50');
  const overlay = await boxOf(page, 'overlay');
  await page.mouse.move(overlay.x + overlay.width / 2, overlay.y + 20);
  await page.mouse.down();
  await page.mouse.move(overlay.x + overlay.width * 0.75, overlay.y + 20, { steps: 3 });
  await page.mouse.up();
  await expect(divider).toHaveAttribute('aria-valuenow', '75');
  await divider.press('Home');
  await expect(divider).toHaveAttribute('aria-valuenow', '0');

  const residual = page.getByTestId('panel-residual');
  const shared = await residual.locator('.color-bar span').first().textContent();
  const onSharedScale = await pixelsOf(page, 'residual');
  const ownScale = residual.getByRole('button', { name: 'Scaled to itself' });
  await ownScale.click();
  await expect(residual.locator('figcaption')).toContainText('scaled to itself');
  await expect(residual.locator('.color-bar span').first()).not.toHaveText(shared ?? '');
  await expect.poll(() => pixelsOf(page, 'residual')).not.toBe(onSharedScale);
  await ownScale.click();
  await expect.poll(() => pixelsOf(page, 'residual')).toBe(onSharedScale);

  const latest = await pixelsOf(page, 'reconstruction');
  const note = page.getByTestId('panel-reconstruction').locator('figcaption');
  await expect(note).toContainText('epoch 3');
  await page.getByRole('slider', { name: 'Reconstruction as of epoch' }).press('Home');
  await expect(note).toContainText('epoch 1 of 3');
  await expect(page.getByTestId('past-auroc')).toContainText('chosen on test');
  await expect(page.getByTestId('chosen-on-test')).toHaveText('epoch 1, chosen by looking at the test set');
  await expect.poll(() => pixelsOf(page, 'reconstruction')).not.toBe(latest);
  const before = await page.getByTestId('label').textContent();
  await page.getByRole('button', { name: 'Latest' }).click();
  await expect(note).not.toContainText('of 3');
  await expect.poll(() => pixelsOf(page, 'reconstruction')).toBe(latest);
  expect(await page.getByTestId('label').textContent()).toBe(before);
});
