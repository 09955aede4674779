/** Folders in other layouts: their roles are shown before they are used, and can be changed. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { nutTarXz } from '#testing/nut-archive.ts';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, snapshot } from './helpers/app.ts';
import { pngImage, writeFileAt, writeTree } from './helpers/category-folder.ts';
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

test('archives are opened, by every kind of packing, and refused by name', async ({ page }) => {
  const png = pngImage(1);
  const tree = ['nut/train/good/0.png', 'nut/train/good/1.png', 'nut/test/bad/2.png'];
  const tar = await packTar([
    { header: { name: '../evil.png', size: png.length, type: 'file' }, body: png },
    ...tree.map((name) => ({ header: { name, size: png.length, type: 'file' as const }, body: png })),
  ]);
  const write = (name: string, bytes: Uint8Array): string => {
    writeFileAt(folder, name, bytes);
    return join(folder, name);
  };
  const zip = write('a.zip', zipSync(Object.fromEntries(tree.map((path) => [path, png]))));
  const gz = write('b.tar.gz', gzipSync(tar));
  // Its images are texts: the message shows that they were read.
  const xz = write('c.tar.xz', nutTarXz);
  const cut = write('d.tar.gz', gzipSync(tar).subarray(0, 200));
  await openApp(page);
  await dropFiles(page, [zip]);
  await page.waitForFunction(() => window.residua.snapshot().categoryName === 'nut');
  expect((await snapshot(page)).samples.map(({ path }) => path)).toEqual([
    ...['train/good/0.png', 'train/good/1.png', 'test/bad/2.png'],
  ]);
  // By its button too.
  await page.getByTestId('archive-input').setInputFiles(gz);
  const refused = { path: 'b.tar.gz: ../evil.png', reason: 'Its path leads out of the archive.' };
  await expect.poll(async () => (await snapshot(page)).skippedFiles).toEqual([refused]);
  const before = await snapshot(page);
  await dropFiles(page, [xz]);
  await expect(page.getByRole('alert')).toContainText('None of the 1 training image of nut could be read');
  await dropFiles(page, [cut]);
  await expect(page.getByRole('alert')).toContainText('The archive d.tar.gz is damaged');
  expect((await snapshot(page)).samples).toEqual(before.samples);
});
