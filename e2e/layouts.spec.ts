/** Folders in other layouts: their roles are shown before they are used, and can be changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, snapshot } from './helpers/app.ts';
import { writeTree } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'residua-layouts-'));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true });
});

const treeOf = (category: string): readonly string[] => [
  ...Array.from({ length: 5 }, (_, at) => `${category}/normal/${at}.png`),
  ...['odd/7.png', 'odd/8.png', 'mask/7.png', 'mask/8.png', 'notes.json'].map(
    (path) => `${category}/${path}`,
  ),
];

test('roles are shown, changed by keyboard, confirmed, and remembered; a cancel loses nothing', async ({
  page,
}) => {
  for (const category of ['hz', 'kz']) writeTree(folder, treeOf(category), (path) => path.includes('odd'));
  await openApp(page);
  const dialog = page.getByRole('dialog');
  const sample = await snapshot(page);

  await dropFiles(page, [join(folder, 'hz')]);
  await expect(dialog).toContainText('“normal” means normal, and no folder is for training.');
  await expect(dialog.getByRole('img', { name: 'odd/7.png with its mask' })).toBeVisible();
  await expect(dialog).toContainText('4 normal images');
  await expectAccessible(page, 'roles of a folder', '.mapping-dialog');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toHaveCount(0);
  expect((await snapshot(page)).samples).toEqual(sample.samples);

  await dropFiles(page, [join(folder, 'hz')]);
  await dialog.getByLabel('Role of mask').focus();
  await page.keyboard.type('ignored');
  await expect(dialog).toContainText('2 images, 0 with a mask');
  await dialog.getByLabel('Share').fill('40');
  await dialog.getByRole('button', { name: 'Use these roles' }).click();
  await page.waitForFunction(() => window.residua.snapshot().categoryName === 'hz');
  const first = await snapshot(page);
  expect(first.samples.map(({ split, defectType, hasMask }) => `${split} ${defectType} ${hasMask}`)).toEqual([
    ...Array.from({ length: 3 }, () => 'train good false'),
    ...Array.from({ length: 2 }, () => 'test good false'),
    ...Array.from({ length: 2 }, () => 'test odd false'),
  ]);
  expect(first.notices).toContain('2 of the normal images are for testing (40 % with seed 0).');

  await page.reload();
  await page.evaluate(() => window.residua.ready);
  await dropFiles(page, [join(folder, 'kz')]);
  await page.waitForFunction(() => window.residua.snapshot().categoryName === 'kz');
  await expect(dialog).toHaveCount(0);
  expect((await snapshot(page)).samples).toEqual(first.samples);
  await page.getByRole('button', { name: 'Change roles' }).click();
  await expect(dialog.getByLabel('Role of mask')).toHaveValue('ignored');
});
