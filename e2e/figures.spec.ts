/** The Figures page: filtering an image by its spectrum, comparing it across runs, exporting the figure. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { decode } from 'fast-png';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { colorCount } from './helpers/canvas.ts';
import { imageSide, pngImage, writeCategory, writeFileAt } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

const openFigures = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Figures' }).click();

const canvasOf = (page: Page, panel: string) => page.getByTestId(`panel-${panel}`).locator('canvas');

/** Number of colors of a canvas once it exists; 0 before. */
const colorsOf = async (page: Page, panel: string): Promise<number> =>
  (await canvasOf(page, panel).count()) === 0 ? 0 : colorCount(canvasOf(page, panel));

/** The name and the bytes of a button's download. */
const downloadFrom = async (page: Page, button: string) => {
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: button }).click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
};

test('a handle on the spectrum filters an image of the data set, or any file, by pointer and by keyboard', async ({
  page,
}, testInfo) => {
  await openApp(page);
  await openFigures(page);
  const handle = page.getByRole('slider', { name: 'Outer cut-off' });
  const energy = page.getByTestId('energy').locator('dd').first();
  await expect(handle).toHaveAttribute('aria-valuetext', 'radius 4 cycles per image');
  await expect.poll(() => colorsOf(page, 'filtered-image')).toBeGreaterThan(100);

  // The handle is on the diagonal to the upper left: at a quarter of the picture, its radius is half the corner's.
  const picture = await page.getByTestId('panel-filter-spectrum').locator('.picture').boundingBox();
  const from = await handle.boundingBox();
  if (!picture || !from) throw new Error('the spectrum is not on the page');
  await page.mouse.move(from.x + from.width / 2, from.y + from.height / 2);
  await page.mouse.down();
  await page.mouse.move(picture.x + picture.width / 4, picture.y + picture.height / 4, { steps: 4 });
  await page.mouse.up();
  const { side } = (await snapshot(page)).config;
  const dragged = Number(await handle.getAttribute('aria-valuenow'));
  expect(Math.abs(dragged - side / 4 / Math.SQRT1_2)).toBeLessThan(1.5);

  await page.keyboard.press('ArrowRight');
  await expect(handle).toHaveAttribute('aria-valuenow', String(dragged + 0.5));
  await page.keyboard.press('Home');
  await expect(handle).toHaveAttribute('aria-valuenow', '0');
  // Only the mean is left: an image of one color.
  await expect.poll(() => colorsOf(page, 'filtered-image')).toBe(1);
  await page.keyboard.press('End');
  await expect(energy).toHaveText('100.00 %');

  await page.getByRole('button', { name: 'Remove mean' }).click();
  await expect(page.getByRole('slider', { name: 'Inner cut-off' })).toHaveAttribute('aria-valuenow', '0.5');
  await expect(page.getByTestId('energy').locator('dd').nth(1)).toHaveText('100.00 %');
  const path = await page.getByTestId('walk-path').textContent();
  const before = await energy.textContent();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('walk-path')).not.toHaveText(path ?? '');
  await expect(energy).not.toHaveText(before ?? '');

  await page.getByRole('radio', { name: 'Band-pass' }).click();
  await expect(page.getByRole('slider', { name: /cut-off/ })).toHaveCount(2);
  const svg = await downloadFrom(page, 'Export SVG');
  expect(svg.name).toMatch(/-from-0-5-cycles-on\.svg$/);
  expect(svg.bytes.toString().match(/<image /g)).toHaveLength(5);
  await page.getByLabel('PNG size').selectOption('2x');
  const filterPng = await downloadFrom(page, 'Export PNG');
  expect(filterPng.name).toMatch(/@2x\.png$/);
  // Margins of 24, five panels of 152 with gaps of 10 px, twice.
  expect(decode(filterPng.bytes).width).toBe(2 * (2 * 24 + 5 * 152 + 4 * 10));

  const folder = testInfo.outputPath('images');
  writeFileAt(folder, 'one.png', pngImage(1));
  writeFileAt(folder, 'two.png', pngImage(2));
  writeFileAt(folder, 'broken.png', 'no picture at all');
  const opened = page.getByTestId('opened-image');
  await page.getByTestId('image-input').setInputFiles(join(folder, 'one.png'));
  await expect(opened).toHaveText(`one.png, ${imageSide} × ${imageSide} px, resized to 32 × 32.`);
  await expect.poll(() => colorsOf(page, 'filter-image')).toBeGreaterThan(100);
  await expect(canvasOf(page, 'filter-image')).toHaveAttribute('width', '32');

  await page.getByTestId('image-input').setInputFiles(join(folder, 'broken.png'));
  await expect(page.getByRole('alert')).toContainText('broken.png could not be decoded');
  await expectAccessible(page, 'explorer with a file and a problem', 'main');
  await dropFiles(page, [join(folder, 'two.png')]);
  await expect(opened).toContainText('two.png');
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect((await snapshot(page)).categoryName).toMatch(/sample/);
});

test('an image is compared across runs, and the figure is exported on white paper', async ({
  page,
}, testInfo) => {
  // Few images, to make runs short.
  const category = testInfo.outputPath('widget');
  writeCategory(category, { train: 4, good: 2, defects: { spot: 2 } });
  await page.emulateMedia({ colorScheme: 'dark' });
  await openApp(page);
  await page.getByTestId('folder-input').setInputFiles(category);
  await expect(page.getByTestId('dataset-summary')).toContainText('widget');
  await setConfig(page, { batch: 4, epochs: 3, evaluateEvery: 1 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  // Until a finished run is retained, another start asks.
  await page.waitForFunction(() => window.residua.store.getState().run.savedStep > 0);
  await setConfig(page, { loss: 'l2' });
  await transport(page, 'Train again').click();
  // A finished run is retained automatically.
  await page.waitForFunction(() => window.residua.store.getState().runs.retained.length === 2);
  await openFigures(page);
  await page.getByRole('radio', { name: /comparison/ }).click();
  await expect(page.getByRole('checkbox', { name: 'WFDL 1' })).toBeChecked();
  for (const panel of ['input', 'input-spectrum'])
    await expect.poll(() => colorsOf(page, `comparison-${panel}`), panel).toBeGreaterThan(16);
  const panels = ['reconstruction', 'reconstruction-spectrum', 'residual', 'residual-spectrum'];
  for (const panel of panels) {
    await expect.poll(() => colorsOf(page, `comparison-0-${panel}`), panel).toBeGreaterThan(16);
    await expect.poll(() => colorsOf(page, `comparison-1-${panel}`), panel).toBeGreaterThan(16);
  }
  await expect(page.getByTestId('comparison-row-0').locator('figcaption').first()).toBeVisible();
  await expect(page.locator('.comparison-radial [data-curve]')).toHaveCount(2);
  await expectAccessible(page, 'comparison', 'main');

  // One slider shows both runs at an earlier epoch, and back at their last.
  const epochs = page.getByRole('slider', { name: 'Epoch of all rows' });
  await epochs.focus();
  await page.keyboard.press('Home');
  for (const row of [0, 1]) await expect(page.getByTestId(`comparison-row-${row}`)).toContainText('epoch 1');
  await page.keyboard.press('End');
  for (const row of [0, 1]) await expect(page.getByTestId(`comparison-row-${row}`)).toContainText('epoch 3');
  const path = await page.getByTestId('walk-path').textContent();
  await page.getByRole('button', { name: 'Next image' }).click();
  await expect(page.getByTestId('walk-path')).not.toHaveText(path ?? '');
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByTestId('walk-path')).toHaveText(path ?? '');
  const shown = (await page.getByTestId('walk-path').textContent()) ?? '';
  // Both rows must show this image before the export.
  await page.waitForFunction(() => {
    const { sample, selected } = window.residua.store.getState().view;
    return sample?.index === selected;
  });
  await expect(page.getByTestId('comparison-score-1')).toBeVisible();
  const score = await page.getByTestId('comparison-score-0').textContent();

  const svg = await downloadFrom(page, 'Export SVG');
  expect(svg.name).toMatch(/^widget-test-.*-l2-wfdl-epoch-3\.svg$/);
  const parsed = await page.evaluate((source) => {
    const { documentElement } = new DOMParser().parseFromString(source, 'image/svg+xml');
    const all = (name: string): Element[] => [...documentElement.querySelectorAll(name)];
    return {
      errors: all('parsererror').length,
      width: Number(documentElement.getAttribute('width')),
      height: Number(documentElement.getAttribute('height')),
      pictures: all('image').map((image) => image.textContent),
      texts: all('text').map(({ textContent }) => textContent),
    };
  }, svg.bytes.toString('utf8'));
  expect(parsed.errors).toBe(0);
  // The image with its spectrum, and four panels for each run.
  expect(parsed.pictures).toHaveLength(10);
  expect(parsed.texts[0]).toContain(shown);
  expect(parsed.texts).toEqual(
    expect.arrayContaining([
      'L2',
      'WFDL',
      'WFDL 1',
      'epoch 3',
      `score ${score}`,
      expect.stringMatching(/^\(e\) /),
    ]),
  );

  const png = await downloadFrom(page, 'Export PNG');
  expect(png.name).toBe(svg.name.replace(/svg$/, 'png'));
  const { width, height, data, channels } = decode(png.bytes);
  expect([width, height]).toEqual([3 * parsed.width, 3 * parsed.height]);
  // White paper although the page is dark, with content on it.
  expect(Array.from(data.slice(0, 3))).toEqual([255, 255, 255]);
  const colors = new Set<number>();
  for (let i = 0; i < data.length; i += channels) {
    colors.add(((data[i] ?? 0) << 16) | ((data[i + 1] ?? 0) << 8) | (data[i + 2] ?? 0));
  }
  expect(colors.size).toBeGreaterThan(500);
});
