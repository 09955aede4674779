/** Images that are not square: padded, cropped, and cut into tiles with a stitched map. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { createRng } from '#core/rng.ts';
import { chooseDevice, openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { writeFileAt } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

const [width, height] = [120, 48];

/** A texture with noise, with a bright square near its right end, where the center crop does not reach. */
const draw = (seed: number, defect: boolean): { readonly image: Uint8Array; readonly mask: Uint8Array } => {
  const rng = createRng(seed, 'fit');
  const data = new Uint8Array(width * height * 3);
  const mask = new Uint8Array(width * height);
  for (let pixel = 0; pixel < mask.length; pixel++) {
    const [row, column] = [Math.floor(pixel / width), pixel % width];
    const marked = defect && column >= 100 && column < 112 && row >= 16 && row < 28;
    mask[pixel] = marked ? 255 : 0;
    const shade = 90 + 40 * Math.sin(row / 5) + 10 * rng.uniform();
    data.set(marked ? [250, 240, 60] : [shade, shade * 0.8, shade * 0.6], pixel * 3);
  }
  return {
    image: encode({ width, height, data, channels: 3 }),
    mask: encode({ width, height, data: mask, channels: 1 }),
  };
};

let folder: string;

test.beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'residua-fit-')), 'plank');
  for (let image = 0; image < 6; image++)
    writeFileAt(folder, `train/good/${image}.png`, draw(image, false).image);
  for (let image = 0; image < 2; image++) {
    writeFileAt(folder, `test/good/${image}.png`, draw(10 + image, false).image);
    const { image: file, mask } = draw(20 + image, true);
    writeFileAt(folder, `test/spot/${image}.png`, file);
    writeFileAt(folder, `ground_truth/spot/${image}_mask.png`, mask);
  }
});

test.afterEach(() => {
  rmSync(join(folder, '..'), { recursive: true });
});

test('images that are not square are padded, cropped or cut into tiles, whose maps are stitched', async ({
  page,
}) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { side: 32, width: 0.25, epochs: 1, evaluateEvery: 1, batch: 16 });
  await dropFiles(page, [folder]);
  const summary = page.getByTestId('dataset-summary');
  await expect(summary.locator('.data-name')).toContainText('plank');
  await expect(summary).toContainText('10 images are not square and were squeezed into squares');

  const fit = summary.getByRole('combobox', { name: 'Fit' });
  await fit.selectOption({ label: 'Center crop' });
  await expect(summary).toContainText('2 defect images have their whole defect outside the crop');
  await fit.selectOption({ label: 'Pad' });
  await expect(summary).toContainText('10 images are not square and were padded to squares');
  await fit.selectOption({ label: 'Tiles' });
  await expect(summary).toContainText('were cut into overlapping squares, up to 3 for each image');
  await expect(summary).toContainText('1 px = 1.5 px of yours');

  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  const { samples, evaluations } = await snapshot(page);
  expect(samples).toHaveLength(10);
  expect(evaluations.at(-1)?.scores).toHaveLength(4);

  // The defect is in the last third: that tile has the largest score, which is the image's.
  const tile = page.getByRole('combobox', { name: 'Tile' });
  await expect(tile.locator('option').first()).toHaveText('Largest: 3 of 3');
  const score = page.getByTestId('score');
  const largest = await score.textContent();
  await tile.selectOption({ index: 1 });
  await expect(score).not.toHaveText(largest ?? '');
  await expect(tile.locator('option').first()).toHaveText('Largest score');
  expect(await tile.locator('option').nth(3).textContent()).toBe(`Tile 3 of 3, score ${largest}`);

  await page.getByRole('button', { name: 'Original', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Original size' });
  const layer = dialog.getByTestId('original-layer');
  await expect(layer.locator('canvas')).toHaveAttribute('width', '80');
  await expect(layer.locator('canvas')).toHaveAttribute('height', '32');
  const image = (await dialog.getByTestId('original-image').boundingBox())!;
  const over = (await layer.boundingBox())!;
  for (const key of ['x', 'y', 'width', 'height'] as const) expect(over[key]).toBeCloseTo(image[key], 0);
  await page.keyboard.press('Escape');

  // New images are scored like the test images.
  await dropFiles(page, [join(folder, 'test/spot/0.png')]);
  const newImages = page.getByRole('dialog', { name: 'New images' });
  const saving = page.waitForEvent('download');
  await newImages.getByRole('button', { name: 'CSV' }).click();
  const [, row] = readFileSync(await (await saving).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(Number(row?.split(',')[1])).toBeCloseTo(evaluations.at(-1)?.scores[2] ?? 0, 3);
});
