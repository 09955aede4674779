/** Large views: a panel and a chart enlarged, and a lecture from its script to its link. */
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { chooseDevice, openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

test.use({ contextOptions: { reducedMotion: 'reduce' } });

const lecture = (page: Page) => page.getByRole('dialog', { name: 'Lecture' });

/** Sizes in CSS pixels of the texts on the stage that are smaller than 20. */
const smallTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector('.lecture')!, NodeFilter.SHOW_TEXT);
    const small: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!;
      if (!node.textContent?.trim() || !element.checkVisibility() || element.closest('.visually-hidden'))
        continue;
      const zoom = (element as Element & { readonly currentCSSZoom: number }).currentCSSZoom;
      const size = Number.parseFloat(getComputedStyle(element).fontSize) * zoom;
      if (size < 20) small.push(`${node.textContent}: ${size}`);
    }
    return small;
  });

test('a panel and a chart open large by mouse and keyboard, and return', async ({ page }) => {
  await openApp(page);
  const input = page.getByTestId('panel-input');
  const small = (await input.boundingBox())!.width;
  await input.hover();
  const enlarge = page.getByRole('button', { name: 'Enlarge Input', exact: true });
  await enlarge.click();
  const large = page.getByRole('dialog', { name: 'Input' });
  await expect(large.getByTestId('panel-input')).toBeVisible();
  expect((await input.boundingBox())!.width).toBeGreaterThan(2 * small);
  // Crosshair and zoom work in it, and stay.
  await large.locator('.picture').click({ position: { x: 100, y: 100 } });
  await expect(large).toBeVisible();
  await page.keyboard.press('+');
  await expectAccessible(page, 'an enlarged panel', '.enlarged');
  await page.keyboard.press('Escape');
  await expect(large).toHaveCount(0);
  await expect(enlarge).toBeFocused();
  await expect(page.getByTestId('zoom')).toContainText('images × 1.5');
  expect((await input.boundingBox())!.width).toBeCloseTo(small, 0);

  const chart = page.getByRole('button', { name: 'Enlarge Image AUROC' });
  await chart.focus();
  await page.keyboard.press('Enter');
  const largeChart = page.getByRole('dialog', { name: 'Image AUROC' });
  await expect(largeChart.locator('.recharts-surface').first()).toBeVisible();
  await page.mouse.click(4, 4);
  await expect(largeChart).toHaveCount(0);
  await expect(chart).toBeFocused();
});

test('a lecture is written, shown by keys with large text, and opened from its link', async ({ page }) => {
  await openApp(page);
  await chooseDevice(page, 'wasm');
  await setConfig(page, { side: 32, width: 0.25, epochs: 3, evaluateEvery: 1, batch: 16 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');

  await page.getByRole('button', { name: 'Lecture', exact: true }).click();
  const editor = page.getByRole('dialog', { name: 'Lecture' });
  await editor.getByLabel('Caption', { exact: true }).fill('After three epochs: coarse structure, no edges.');
  await page.keyboard.press('Enter');
  await editor.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('Reconstruction as of epoch').press('Home');
  await page.getByRole('button', { name: 'Lecture', exact: true }).click();
  await editor.getByLabel('Caption', { exact: true }).fill('After one epoch: hardly more than the mean.');
  await editor.getByLabel('Panel', { exact: true }).selectOption({ label: 'Reconstruction' });
  await editor.getByLabel('Second panel').selectOption({ label: 'Image AUROC' });
  await editor.getByRole('button', { name: 'Add this state' }).click();
  await editor.getByRole('button', { name: 'Move step 2 up' }).click();
  await expect(editor.getByLabel('Caption of step 1')).toHaveValue(/After one epoch/);
  await expectAccessible(page, 'the editor of the lecture', '.lecture-editor');

  await editor.getByRole('button', { name: 'Start' }).click();
  await expect(lecture(page)).toContainText('hardly more than the mean');
  await expect(lecture(page)).toContainText('epoch 1,');
  await expect(lecture(page).getByTestId('panel-reconstruction')).toBeVisible();
  await expect(lecture(page).locator('.recharts-surface').first()).toBeVisible();
  expect(await smallTexts(page)).toEqual([]);
  await expectAccessible(page, 'a lecture', '.lecture');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('lecture-position')).toHaveText('2 of 2');
  await expect(lecture(page)).toContainText('epoch 3,');
  await page.keyboard.press('ArrowDown');
  await expect(lecture(page)).toContainText('epoch 2,');
  await page.keyboard.press('PageUp');
  await expect(page.getByTestId('lecture-position')).toHaveText('1 of 2');
  await page.keyboard.press('Escape');
  await expect(lecture(page)).toHaveCount(0);
  await expect(page.getByTestId('panel-reconstruction')).toBeVisible();

  // The link has the script; a page without the run shows the nearest state.
  await expect(page).toHaveURL(/lecture=1;bench,reconstruction\.image-auroc,test/);
  await page.reload();
  await page.evaluate(() => window.residua.ready);
  const next = page.getByRole('region', { name: 'Next step' });
  await expect(next).toContainText('a lecture of 2 steps');
  await next.getByRole('button', { name: 'Start lecture' }).click();
  await expect(lecture(page)).toContainText('hardly more than the mean');
  await page.keyboard.press('l');
  await expect(lecture(page)).toHaveCount(0);
  await page.keyboard.press('l');
  await expect(lecture(page)).toBeVisible();
});

test('a link with a broken lecture is refused with a message, and an empty script offers the example', async ({
  page,
}) => {
  await page.goto('/#v=2&preset=paper&seed=7&lecture=1;bench,a.b.c,,,x');
  await page.evaluate(() => window.residua.ready);
  await expect(page.getByRole('alert')).toContainText('step 1 names 3 panels');
  await expect(page.getByLabel('Seed')).toHaveValue('7');

  await page.getByRole('button', { name: 'Lecture', exact: true }).click();
  const editor = page.getByRole('dialog', { name: 'Lecture' });
  const start = editor.getByRole('button', { name: 'Start' });
  await expect(start).toHaveAttribute('aria-disabled', 'true');
  await editor.getByRole('button', { name: 'Use example script' }).click();
  await expect(editor.getByRole('listitem')).toHaveCount(6);
  await start.click();
  await expect(lecture(page)).toContainText('WFDL, epoch 4, test/scratch/000.png', { timeout: 60_000 });
  const panels = lecture(page).locator('[data-filled="true"], .radial-plot path');
  for (let step = 1; step <= 6; step++) {
    await expect(page.getByTestId('lecture-position')).toHaveText(`${step} of 6`);
    await expect(panels.first()).toBeVisible();
    await expect(page.getByTestId('lecture-note')).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
  }
  // Another device finds the runs of this lecture by its link.
  await page.keyboard.press('l');
  await expect(page).toHaveURL(/run=bundled/);
});

test('a lecture about a run that is not here shows the bundled runs, and says so above its controls', async ({
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(
    '/?empty#v=2&preset=quickLook&loss=l2&run=elsewhere&lecture=1;bench,residual.image-auroc,,80,Look',
  );
  await page.evaluate(() => window.residua.ready);
  await page.getByRole('button', { name: 'Start lecture' }).click();
  await expect(lecture(page)).toContainText('WFDL, epoch 80', { timeout: 60_000 });
  // The chart is under a tab that the page does not show.
  await expect(lecture(page).getByTestId('panel-residual')).toHaveAttribute('data-filled', 'true');
  await expect(lecture(page).locator('.recharts-surface').first()).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  const note = page.getByTestId('lecture-note');
  await expect(note).toContainText('L2, seed 0, is not in this browser: leave, and import its files.');
  const [noteBox, leaveBox] = await Promise.all([
    note.boundingBox(),
    lecture(page).getByRole('button', { name: 'Leave' }).boundingBox(),
  ]);
  expect(noteBox!.y + noteBox!.height).toBeLessThanOrEqual(leaveBox!.y);
  await expectAccessible(page, 'a lecture without its run', '.lecture');
  await lecture(page).getByRole('button', { name: 'Leave' }).click();
  await expect(lecture(page)).toHaveCount(0);
  await expect(page).toHaveURL(/run=elsewhere/);
});
