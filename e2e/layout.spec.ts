/** One screen: panels fit the window, their edges can be dragged, they fold, and the page saves all of that. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { chooseDevice, openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

const results = (page: Page) => page.getByRole('complementary', { name: 'Results' });

const widthOf = async (page: Page): Promise<number> => (await results(page).boundingBox())?.width ?? 0;

test('panels resize and fold, by pointer and by keyboard, and stay so after a reload', async ({ page }) => {
  await openApp(page);
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
    [1440, 900],
  ] as const) {
    await page.setViewportSize({ width, height });
    const scrolls = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return [scrollWidth - innerWidth, scrollHeight - innerHeight];
    });
    expect(scrolls, `${width} by ${height}`).toEqual([0, 0]);
  }

  const edge = page.getByRole('separator', { name: 'Edge of the results' });
  const box = await edge.boundingBox();
  if (!box) throw new Error('the edge is not on the page');
  const before = await widthOf(page);
  await page.mouse.move(box.x, box.y + 300);
  await page.mouse.down();
  await page.mouse.move(box.x - 120, box.y + 300, { steps: 4 });
  await page.mouse.up();
  expect(await widthOf(page)).toBeCloseTo(before + 120, -1);
  await edge.focus();
  await page.keyboard.press('ArrowRight');
  const chosen = await widthOf(page);
  expect(chosen).toBeLessThan(before + 110);

  const toggle = page.getByRole('button', { name: 'Gallery panel' });
  await toggle.click();
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByRole('region', { name: 'Gallery' })).not.toBeInViewport();
  await page.getByRole('button', { name: 'Loss', exact: true }).click();
  await expect(page.getByTestId('loss-current')).toHaveCount(0);
  await expect(page.getByLabel('Smoothing of the loss curve')).toHaveCount(0);

  await page.reload();
  await page.evaluate(() => window.residua.ready);
  expect(await widthOf(page)).toBeCloseTo(chosen, 0);
  await expect(toggle).toHaveAttribute('aria-pressed', 'false');
  await expect(page.getByLabel('Smoothing of the loss curve')).toHaveCount(0);
  await toggle.click();
  await expect(page.getByRole('region', { name: 'Gallery' })).toBeInViewport();
});

test('a narrow page has tabs that keep their place, and its main numbers stay in view', async ({ page }) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { side: 32, width: 0.25, epochs: 2, evaluateEvery: 1, batch: 16 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
  const tab = (name: string) => page.getByRole('tab', { name, exact: true });
  const figures = page.getByTestId('narrow-figures');
  const bench = page.getByRole('region', { name: 'Image bench' });
  const offset = (): Promise<number> => page.evaluate(() => window.scrollY);

  const links = page.getByRole('navigation', { name: 'Sections of the results' });
  /** Distance of a section's upper edge from the links. */
  const below = async (section: string): Promise<number> => {
    const [bar, box] = await Promise.all([
      links.boundingBox(),
      results(page).locator(`[data-section="${section}"]`).boundingBox(),
    ]);
    return Math.abs(box!.y - bar!.y - bar!.height);
  };
  await links.getByRole('button', { name: 'Threshold' }).focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => below('At the threshold')).toBeLessThan(2);
  await expect(links.locator('[aria-current]')).toHaveText('Threshold');
  await expect(page.getByRole('button', { name: 'At the threshold', exact: true })).toBeFocused();

  await page.setViewportSize({ width: 390, height: 844 });
  await expect(figures).toContainText(/AUROC 0\.\d{3}.*loss [\d.]+.*epoch 2 \/ 2/);
  await expect(bench).toBeVisible();
  await expect(results(page)).toBeHidden();
  await page.mouse.move(200, 600);
  await page.mouse.wheel(0, 500);
  await expect.poll(offset).toBeGreaterThan(400);
  await expect(figures).toBeInViewport();
  await expect(transport(page, 'Train again')).toBeInViewport();
  const left = await offset();

  await tab('Images').focus();
  await page.keyboard.press('End');
  await expect(tab('Results')).toBeFocused();
  await expect(tab('Results')).toHaveAttribute('aria-selected', 'true');
  await expect(results(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Image AUROC', exact: true })).toBeInViewport();
  await page.keyboard.press('Home');
  await expect.poll(offset).toBeCloseTo(left, -1);

  await tab('Settings').click();
  await expect(page.getByRole('button', { name: 'Open folder' })).toBeInViewport();
  await tab('Gallery').click();
  await page.getByRole('region', { name: 'Gallery' }).locator('.gallery-button').nth(3).click();
  await expect(bench).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await tab('Results').click();
  await links.getByRole('button', { name: 'Loss' }).click();
  await expect.poll(() => below('Loss')).toBeLessThan(2);
  await expect(links.locator('[aria-current]')).toHaveText('Loss');
  await links.getByRole('button', { name: 'Scores' }).click();
  await expect.poll(() => below('Scores')).toBeLessThan(2);
  await expectAccessible(page, 'results of a narrow page');

  await page.setViewportSize({ width: 1024, height: 768 });
  await expect(page.getByRole('tab')).toHaveCount(2);
  await expect(page.getByRole('complementary', { name: 'Data and settings' })).toBeVisible();
  await tab('Results').click();
  await expect(results(page)).toBeVisible();
  await expect(bench).toBeHidden();
  await links.getByRole('button', { name: 'Threshold' }).click();
  await expect.poll(() => below('At the threshold')).toBeLessThan(2);
});
