/** Table II: a dropped root, a queue with a broken category, a reload, and the table as text. */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig } from './helpers/app.ts';
import { writeCategory, writeFileAt } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { expect, test } from './helpers/test.ts';

let root: string;

test.beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), 'residua-table-')), 'tiny_root');
  const tiny = { train: 4, good: 3, defects: { spot: 3 } } as const;
  writeCategory(join(root, 'bottle'), tiny);
  writeCategory(join(root, 'pill'), tiny);
  // A category by its layout, but none of its images is readable.
  writeFileAt(root, 'cable/train/good/000.png', 'no picture');
  writeFileAt(root, 'cable/test/good/000.png', 'no picture');
});

test.afterEach(() => {
  rmSync(join(root, '..'), { recursive: true });
});

const openTable = (page: Page): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name: 'Table II' }).click();

const row = (page: Page, name: string) => page.getByRole('table').getByRole('row', { name });

/** The text of a file that a button downloads. */
const downloaded = async (page: Page, button: string): Promise<string> => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('group', { name: 'Export' }).getByRole('button', { name: button, exact: true }).click(),
  ]);
  return readFile(await download.path(), 'utf8');
};

/** AUROCs of the finished runs, by id. */
const measured = (page: Page): Promise<Record<string, number>> =>
  page.evaluate(() => {
    const { entries } = window.residua.store.getState().table;
    return Object.fromEntries(
      entries.flatMap(({ id, outcome }) =>
        outcome.state === 'done' && outcome.result.imageAuroc.defined
          ? [[id, outcome.result.imageAuroc.value]]
          : [],
      ),
    );
  });

test('without a folder, the page shows the paper’s table and the cost of running it', async ({ page }) => {
  await openApp(page);
  await setConfig(page, { side: 32, width: 0.25, epochs: 1, batch: 4 });
  await openTable(page);
  await expect(row(page, 'screw')).toHaveText(/screw\s*0\.51\s*0\.69\s*0\.82\s*320\s*41\s*119/);
  await expect(row(page, 'Mean of 15')).toHaveText(/0\.650\s*0\.699\s*0\.757/);
  const present = page.getByRole('region', { name: 'Cost: Current settings' });
  const paper = page.getByRole('region', { name: 'Cost: Preset Paper' });
  for (const cost of [present, paper]) {
    await expect(cost).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
    await expect(cost).toContainText(/Time\s*about .* per run on average/);
    await expect(cost).toContainText(/Memory\s*about \d/);
  }
  await expect(paper).toContainText('Side 256, width 1, batch 64, 2000 epochs');
  await expect(page.getByText('one convolution, timed once')).toBeVisible();
  await expectAccessible(page, 'table of the paper with its cost', 'main');

  // By keyboard: the list opens, takes the focus, and returns it.
  const differences = present.getByRole('button', { name: /differences from the paper$/ });
  await differences.focus();
  await page.keyboard.press('Enter');
  const list = page.getByRole('dialog', { name: 'Current settings, compared with the paper' });
  await expect(list).toContainText('Side 32 px instead of 256 px.');
  await expectAccessible(page, 'list of differences');
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(differences).toBeFocused();
});

test('a queue of a dropped root runs to its end, fails the broken category, and survives a reload', async ({
  page,
}) => {
  await openApp(page);
  await setConfig(page, { side: 32, width: 0.25, epochs: 1, batch: 4 });
  await dropFiles(page, [root]);
  await page.getByRole('dialog').getByRole('button', { name: 'Queue several for Table II' }).click();
  await expect(page.getByRole('group', { name: 'Categories' }).getByRole('checkbox')).toHaveCount(3);
  const losses = page.getByRole('group', { name: 'Losses' });
  await losses.getByRole('checkbox', { name: 'SSIM', exact: true }).uncheck();
  await page.getByRole('button', { name: 'Start' }).click();
  await expect(page.getByRole('progressbar', { name: /^Run of/ })).toBeVisible();
  await page.getByText('6 runs one by one').click();
  await expectAccessible(page, 'queue under way', 'main');

  const progress = page.getByTestId('queue-progress');
  await expect(progress).toContainText('6 of 6 runs done, 2 failed', { timeout: 90_000 });
  const before = await measured(page);
  expect(Object.keys(before)).toEqual(['bottle/l2/0', 'bottle/wfdl/0', 'pill/l2/0', 'pill/wfdl/0']);
  await expect(row(page, 'bottle')).toContainText(before['bottle/l2/0'].toFixed(3));
  await expect(row(page, 'bottle')).toContainText('0.80');
  await expect(row(page, 'Mean over 2 of 3')).toBeVisible();

  const failed = row(page, 'cable')
    .getByRole('button', { name: /^failed/ })
    .first();
  await failed.hover();
  await expect(page.getByRole('tooltip')).toContainText(
    'None of the 1 training image of cable could be read',
  );

  await expectAccessible(page, 'queue at its end, with the reason of a failure');

  await row(page, 'bottle').getByRole('button', { name: 'bottle, WFDL: ' }).click();
  const list = page.getByRole('dialog', { name: 'bottle, WFDL, compared with the paper' });
  await expect(list).toContainText('1 epoch instead of 2000.');
  await expect(list).toContainText('4 training images; MVTec AD has 209.');
  // Both categories were generated from the same seeds.
  await expect(list).toContainText('4 training images are also in the category pill');
  await expectAccessible(page, 'differences of a cell');
  await page.keyboard.press('Escape');

  await page.reload();
  await page.evaluate(() => window.residua.ready);
  await openTable(page);
  await expect(progress).toContainText('6 of 6 runs done, 2 failed');
  expect(await measured(page)).toEqual(before);

  await page.getByRole('button', { name: 'Run 2 again' }).click();
  await expect(page.getByTestId('missing-folders')).toContainText('cable');
  const goOn = page.getByRole('button', { name: 'Go on' });
  await expect(goOn).toBeDisabled();
  await expectAccessible(page, 'missing folders', 'main');
  await dropFiles(page, [root]);
  await expect(goOn).toBeEnabled();

  const csv = await downloaded(page, 'CSV');
  expect(csv).toContain('4 training images; MVTec AD has 267.');
  expect(csv).toContain(`pill,wfdl,complete,1,${Number(before['pill/wfdl/0'].toFixed(6))},`);
  const latex = await downloaded(page, 'LaTeX');
  expect(latex).toContain('\\toprule');
  expect(latex).toContain(before['pill/l2/0'].toFixed(3));
  expect(await downloaded(page, 'Markdown')).toMatch(/\| bottle \| \*{0,2}\d\.\d{3}/);
});
