/** One screen: panels fit the window, their edges can be dragged, they fold, and the page saves all of that. */
import type { Page } from '@playwright/test';
import { openApp } from './helpers/app.ts';
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
