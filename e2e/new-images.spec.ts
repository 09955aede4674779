/** Images that are dropped on a trained run: scored at once, with map, decision and table. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, snapshot, transport, waitForPhase } from './helpers/app.ts';
import { pngImage, writeCategory, writeFileAt } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'residua-new-'));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('a folder of new images gives score, decision, map and CSV, and loses nothing', async ({ page }) => {
  writeCategory(join(folder, 'nut'), { train: 8, good: 2, defects: { spot: 2 } });
  for (const seed of [1, 2]) writeFileAt(folder, `new/${seed}.png`, pngImage(seed, seed === 2));
  writeFileAt(folder, 'new/3.png', 'no picture');
  await openApp(page);
  await setConfig(page, { side: 32, width: 0.25, batch: 4, epochs: 2, evaluateEvery: 2 });
  await dropFiles(page, [join(folder, 'nut')]);
  await page.waitForFunction(() => window.residua.snapshot().categoryName === 'nut');
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  await page.evaluate(() => window.residua.fitThreshold());
  const before = await snapshot(page);

  await dropFiles(page, [join(folder, 'new')]);
  const dialog = page.getByRole('dialog', { name: 'New images' });
  await expect(dialog.getByRole('row')).toHaveCount(3);
  await expect(dialog).toContainText('of 2 images reach the threshold');
  await expect(dialog.getByRole('img', { name: 'Map of new/2.png' })).toBeVisible();
  await expect(dialog).toContainText('1 file skipped');
  await expectAccessible(page, 'new images', '.new-images-dialog');
  const saving = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'CSV' }).click();
  const [head, ...rows] = readFileSync(await (await saving).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(head).toBe('path,score,threshold,decision');
  expect(rows.map((row) => row.split(',')[0])).toEqual(['new/1.png', 'new/2.png']);
  for (const row of rows) expect(row).toMatch(/,(good|anomalous)$/);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  const after = await snapshot(page);
  expect([after.samples, after.status]).toEqual([before.samples, before.status]);
});
