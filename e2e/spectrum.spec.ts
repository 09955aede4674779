/** The page Spectrum: its curves and maps show the data of the page, and one epoch everywhere. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { chooseDevice, openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { colorCount } from './helpers/canvas.ts';
import { expect, test } from './helpers/test.ts';

const side = 32;

const openPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click();

/** The shown image, its reconstruction, and the spectra that are known of the test set. */
const shownData = (page: Page) =>
  page.evaluate(() => {
    const { view, spectra } = window.residua.store.getState();
    const { input = new Float32Array(), output } = view.sample ?? {};
    return {
      epoch: output?.epoch,
      input: Array.from(input),
      reconstruction: Array.from(output?.reconstruction ?? []),
      known: Object.keys(spectra.known).length,
    };
  });

/** Power at a radius by the definition: each coefficient as a sum over the pixels. */
const powerByDefinition = (values: readonly number[], radius: number): number => {
  let power = 0;
  for (let u = -side / 2; u < side / 2; u++) {
    for (let v = -side / 2; v < side / 2; v++) {
      if (Math.round(Math.hypot(u, v)) !== radius) continue;
      for (let channel = 0; channel < 3; channel++) {
        let real = 0;
        let imaginary = 0;
        for (let pixel = 0; pixel < side * side; pixel++) {
          const angle = (2 * Math.PI * (u * Math.floor(pixel / side) + v * (pixel % side))) / side;
          real += values[3 * pixel + channel]! * Math.cos(angle);
          imaginary -= values[3 * pixel + channel]! * Math.sin(angle);
        }
        power += (real * real + imaginary * imaginary) / (3 * side ** 4);
      }
    }
  }
  return power;
};

const trained = async (page: Page): Promise<void> => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { loss: 'l2', side, batch: 8, epochs: 4, evaluateEvery: 1, learningRate: 0.01 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished', 270_000);
};

test('the page Spectrum shows one epoch in its curve and maps, and everywhere', async ({ page }) => {
  await trained(page);
  await openPage(page, 'Spectrum');
  const curve = page.locator('[data-curve="contestant-0-image"] path');
  await expect(curve).toHaveAttribute('d', /^M.*L/);
  for (const subject of ['good', 'anomalous']) {
    await expect(page.locator(`[data-curve="contestant-0-${subject}"] path`)).toHaveAttribute('d', /^M.*L/);
  }
  // All four evaluations are computed while nothing trains.
  await expect.poll(async () => (await shownData(page)).known).toBe(4);

  // The value at radius 3 is the ratio of powers by the definition.
  const chart = page.getByRole('button', { name: /^Residual power by frequency/ });
  const valueAt = async (radius: number): Promise<number> => {
    await chart.focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < radius; step++) await page.keyboard.press('ArrowRight');
    await expect(page.getByText(`radius ${radius} cycles per image, period 10.7 px`)).toBeVisible();
    return Number(await page.getByTestId('radial-contestant-0-image').locator('b').innerText());
  };
  const radius = 3;
  const expectShown = async (): Promise<void> => {
    const { input, reconstruction } = await shownData(page);
    const residual = input.map((value, i) => value - reconstruction[i]!);
    const ratio = powerByDefinition(residual, radius) / powerByDefinition(input, radius);
    // Three digits are shown.
    expect((await valueAt(radius)) / ratio).toBeCloseTo(1, 1.5);
  };
  await expectShown();
  const latest = await curve.getAttribute('d');

  // The slider moves the curve, and its values follow.
  await page.getByRole('slider', { name: 'Reconstruction as of epoch' }).last().focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId('live-epoch')).toHaveText('epoch 3');
  await expect.poll(async () => (await shownData(page)).epoch).toBe(3);
  await expect(curve).not.toHaveAttribute('d', latest ?? '');
  await expectShown();

  // A click at the left end of the map shows the first epoch everywhere.
  const map = page.getByTestId('map-contestant-0');
  expect(await colorCount(map.locator('canvas'))).toBeGreaterThan(8);
  await map.getByRole('button', { name: /move the crosshair/ }).click({ position: { x: 4, y: 60 } });
  await expect(page.getByTestId('live-epoch')).toHaveText('epoch 1');
  await expect(map.getByTestId('map-epoch')).toHaveAttribute('data-epoch', '1');
  await expect.poll(async () => (await shownData(page)).epoch).toBe(1);
  await expectShown();
  await openPage(page, 'Bench');
  await expect(page.getByTestId('panel-reconstruction')).toContainText('epoch 1');
  await expect(page.locator('.scores-epoch')).toHaveText('epoch 1');
  const auroc = page.getByRole('region', { name: 'Image AUROC' });
  await expect(auroc.locator('.recharts-reference-line-line[stroke="var(--accent)"]')).toHaveCount(1);
});

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
