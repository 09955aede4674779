/** The gallery of 500 images: filters, keyboard navigation, and the cost of scrolling. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from './helpers/accessible.ts';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { writeCategory } from './helpers/category-folder.ts';
import { dropFiles } from './helpers/drop.ts';
import { startTrace, stopTrace } from './helpers/main-thread-trace.ts';
import { report } from './helpers/report.ts';
import { expect, test } from './helpers/test.ts';

const good = 250;
const count = 500;
let folder: string;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'residua-gallery-'));
});

test.afterEach(() => {
  rmSync(folder, { recursive: true });
});

const gallery = (page: Page) => page.getByRole('region', { name: 'Gallery' });
const images = (page: Page) => gallery(page).getByRole('listitem').getByRole('button');
const outcome = (page: Page, name: RegExp) =>
  gallery(page).getByRole('radiogroup', { name: 'Outcome' }).getByRole('radio', { name });
const chosen = (page: Page) => gallery(page).getByRole('button', { pressed: true });

/** Positions in the list of the images in the document. */
const places = (page: Page): Promise<number[]> =>
  gallery(page)
    .getByRole('listitem')
    .evaluateAll((items) => items.map((item) => Number(item.getAttribute('aria-posinset'))));

/** Scrolls down to the end at 2400 px/s, a fast flick; returns the times between frames, in ms. */
const scrollThrough = (page: Page): Promise<{ frameMs: number[]; mostButtons: number; seen: number }> =>
  gallery(page).evaluate(async (section) => {
    const scroller = section.querySelector('ul')?.parentElement;
    if (!scroller) throw new Error('The gallery has no list.');
    scroller.scrollTop = 0;
    const nextFrame = () => new Promise<number>(requestAnimationFrame);
    const frameMs: number[] = [];
    const seen = new Set<string>();
    let mostButtons = 0;
    let last = await nextFrame();
    for (let end = 0; end < 5; ) {
      scroller.scrollTop += 40;
      const now = await nextFrame();
      frameMs.push(now - last);
      last = now;
      const buttons = scroller.querySelectorAll('button');
      for (const { dataset } of buttons) seen.add(dataset['index'] ?? '');
      mostButtons = Math.max(mostButtons, buttons.length);
      if (scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 1) end++;
    }
    return { frameMs, mostButtons, seen: seen.size };
  });

test('500 images are filtered, stepped through and scrolled', async ({ page }) => {
  const category = join(folder, 'many');
  writeCategory(category, { train: 8, good, defects: { crack: 125, spot: 125 } });
  await openApp(page);
  await setConfig(page, { side: 32, width: 0.25, batch: 8, epochs: 1, evaluateEvery: 1, seed: 3 });
  await expect(outcome(page, /^Missed/)).toBeDisabled();
  await dropFiles(page, [category]);
  await expect(outcome(page, /^All 500$/)).toBeVisible({ timeout: 60_000 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');

  await expect(outcome(page, /^Caught \d+$/)).toBeEnabled();
  const counts = await Promise.all(
    [/^Caught/, /^Missed/, /^False alarms/, /^Passed/].map(async (name) =>
      Number((await outcome(page, name).textContent())?.match(/\d+/)?.[0]),
    ),
  );
  const [hits = 0, misses = 0, falseAlarms = 0, passed = 0] = counts;
  expect([hits + misses, falseAlarms + passed]).toEqual([count - good, good]);

  const type = gallery(page).getByRole('combobox', { name: 'Type' });
  await type.selectOption('crack');
  await outcome(page, /^Caught/).click();
  await expect(images(page).first()).toHaveAccessibleName(/^test\/crack\/\d+\.png, crack, caught, score /);
  await type.selectOption('good');
  await expect(gallery(page).getByRole('status')).toContainText('no caught images of type good');
  await expectAccessible(page, 'nothing left by the filters', 'section[aria-label=Gallery]');
  await gallery(page).getByRole('button', { name: 'Show all' }).click();
  await expect(outcome(page, /^All 500$/)).toBeChecked();

  await images(page).first().click();
  await page.keyboard.press('End');
  await expect(gallery(page).locator('li:has(:focus)')).toHaveAttribute('aria-posinset', `${count}`);
  await expect(chosen(page)).toBeFocused();
  await expect(chosen(page)).toBeInViewport();
  await page.keyboard.press('ArrowLeft');
  await expect(gallery(page).locator('li:has(:focus)')).toHaveAttribute('aria-posinset', `${count - 1}`);
  await page.keyboard.press('Home');
  await expect(gallery(page).locator('li:has(:focus)')).toHaveAttribute('aria-posinset', '1');
  await expect(gallery(page).getByRole('listitem').first()).toHaveAttribute('aria-setsize', `${count}`);
  expect(Math.max(...(await places(page)))).toBeLessThan(count);

  await startTrace(page);
  const { frameMs, mostButtons, seen } = await scrollThrough(page);
  const [longest] = await stopTrace(page);
  expect(seen).toBe(count);
  // Only the images in view and a margin, not all images.
  expect(mostButtons).toBeLessThan(count / 2);
  const ascending = frameMs.toSorted((a, b) => a - b);
  const quantile = (share: number) => ascending[Math.floor(share * (ascending.length - 1))]?.toFixed(1);
  report(
    `gallery of ${count} images at 40 px a frame: ${frameMs.length} frames, ${quantile(0.5)} ms (median), ` +
      `${quantile(0.95)} ms (95 %), longest task ${longest?.processorMs.toFixed(1)} ms of processor time, ` +
      `at most ${mostButtons} images in the document`,
  );
});
