/** Real folders through the browser's own drop, and through the folder button. */
import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { encode } from 'fast-png';
import { openApp, snapshot } from './helpers/app.ts';
import { pngImage, writeCategory, writeFileAt } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'residua-drop-'));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true });
});

const summary = (page: Page) => page.getByTestId('dataset-summary');
const alert = (page: Page) => page.getByRole('alert');

/** A small category that loads quickly. */
const small = { train: 4, good: 2, defects: { spot: 2 } } as const;

const waitForCategory = (page: Page, name: string): Promise<void> =>
  expect(summary(page).locator('.data-name')).toContainText(name, { timeout: 60_000 });

/** Drops an invalid folder, checks the message, and that the sample stays loaded. */
const expectRefusal = async (page: Page, path: string, message: RegExp): Promise<void> => {
  const before = await snapshot(page);
  await dropFiles(page, [path]);
  await expect(alert(page)).toContainText(message);
  const after = await snapshot(page);
  expect(after.categoryName).toBe(before.categoryName);
  expect(after.samples).toEqual(before.samples);
};

test('a dropped folder of more than 100 images is summarized before training', async ({ page }) => {
  const category = join(folder, 'widget');
  writeCategory(category, { train: 112, good: 9, defects: { crack: 7, spot: 5 } });
  rmSync(join(category, 'ground_truth', 'spot', '004_mask.png'));
  writeFileAt(category, 'train/good/notes.txt', 'taken on Monday');
  writeFileAt(category, 'test/crack/empty.png', '');
  writeFileAt(category, 'test/crack/broken.png', 'no picture at all');
  writeFileAt(category, 'ground_truth/crack/099_mask.png', pngImage(1));
  // One marked pixel of 800 x 800: nearest neighbor would lose it.
  const large = { width: 800, height: 800, channels: 1 };
  const speck = new Uint8Array(800 * 800).fill(255, 123_456, 123_457);
  writeFileAt(category, 'test/crack/000.png', encode({ ...large, data: speck }));
  writeFileAt(category, 'ground_truth/crack/000_mask.png', encode({ ...large, data: speck }));
  await openApp(page);
  await dropFiles(page, [category]);
  await waitForCategory(page, 'widget');

  const folders = page.getByRole('list', { name: 'Images per folder' }).getByRole('listitem');
  await expect(folders).toHaveText([/^train\D*112$/, /good\D*9$/, /^crack\D*7$/, /^spot\D*5$/]);
  await expect(summary(page)).toContainText('48 × 48');
  await expect(summary(page)).toContainText('11 found, 1 missing');
  await expect(summary(page)).toContainText(/1 mask is thin at side \d+: no pixel is at least half covered/);
  await summary(page).getByText('4 files skipped').click();
  const skippedFiles = summary(page).locator('details').getByRole('listitem');
  await expect(skippedFiles.filter({ hasText: 'train/good/notes.txt' })).toContainText('not an image');
  await expect(skippedFiles.filter({ hasText: 'test/crack/empty.png' })).toContainText('0 bytes');
  await expect(skippedFiles.filter({ hasText: 'test/crack/broken.png' })).toBeVisible();
  await expect(skippedFiles.filter({ hasText: '099_mask.png' })).toContainText('without an image');
  await expect(alert(page)).toHaveCount(0);
});

test('the folder button also accepts a folder', async ({ page }) => {
  const category = join(folder, 'gadget');
  writeCategory(category, small);
  await openApp(page);
  await page.getByTestId('folder-input').setInputFiles(category);
  await waitForCategory(page, 'gadget');
  await expect(summary(page)).toContainText('4 train (1 held out), 4 test');
});

test('a folder with several categories asks which, and can be canceled', async ({ page }) => {
  for (const name of ['bolt', 'nut']) writeCategory(join(folder, 'parts', name), small);
  await openApp(page);
  await dropFiles(page, [join(folder, 'parts')]);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('bolt');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  expect((await snapshot(page)).categoryName).toMatch(/sample/);

  await dropFiles(page, [join(folder, 'parts')]);
  await dialog.getByRole('button', { name: /^nut/ }).click();
  await waitForCategory(page, 'nut');
});

test('unusable folders are rejected by name, one after the other, and the loaded data stay', async ({
  page,
}) => {
  await openApp(page);
  const dismiss = async (): Promise<void> => {
    await alert(page).getByRole('button', { name: 'Dismiss' }).click();
    await expect(alert(page)).toHaveCount(0);
  };
  writeFileAt(folder, 'holiday/notes.txt', 'none');
  await expectRefusal(page, join(folder, 'holiday'), /not a category: it has no images, only notes.txt/);
  await dismiss();

  const untrained = join(folder, 'cap');
  writeCategory(untrained, small);
  rmSync(join(untrained, 'train'), { recursive: true });
  await expectRefusal(page, untrained, /cap has no training images in train\/good/);
  await dismiss();

  const unreadable = join(folder, 'plug');
  writeCategory(unreadable, { ...small, train: 0 });
  writeFileAt(unreadable, 'train/good/000.png', 'no picture');
  writeFileAt(unreadable, 'train/good/001.png', pngImage(1).slice(0, 60));
  await expectRefusal(page, unreadable, /train\/good\/000\.png/);
});

test('a test split of one class trains, and reports that it has no AUROC', async ({ page }) => {
  const category = join(folder, 'cap');
  writeCategory(category, { ...small, good: 0 });
  mkdirSync(join(folder, 'kept'));
  renameSync(join(category, 'ground_truth'), join(folder, 'kept', 'ground_truth'));
  await openApp(page);
  await dropFiles(page, [category]);
  await waitForCategory(page, 'cap');
  await expect(summary(page)).toContainText(/All test images are anomalous: AUROC is undefined/);
  await expect(summary(page)).toContainText(/no ground_truth folder/);
});
