/** Every scrollable region takes the focus and scrolls by the arrow keys, at every width, in large text and in any font. */
import type { Locator, Page } from '@playwright/test';
import { openApp, setConfig, transport, waitForPhase } from './helpers/app.ts';
import { expect, test } from './helpers/test.ts';

/** Text larger than any font makes it: the spacing of WCAG 1.4.12, and mathematics 1.8 times as large. */
const largeText = `
  :root { --text: 15px; --text-small: 14px; --text-tiny: 13px; }
  * { letter-spacing: 0.12em !important; word-spacing: 0.16em !important; line-height: 1.5 !important; }
  math { font-size: 1.8em !important; }`;

/** Marks all scrollable elements inside a part of the page with their directions, and counts them. */
const markScrolling = (page: Page, part: string): Promise<number> =>
  page.evaluate((within) => {
    let count = 0;
    for (const element of document.querySelectorAll('body *')) {
      element.removeAttribute('data-test-scrolls');
      const { overflowX, overflowY } = getComputedStyle(element);
      const scrolls = (overflow: string): boolean => overflow === 'auto' || overflow === 'scroll';
      const axes = [
        scrolls(overflowX) && element.scrollWidth > element.clientWidth ? 'x' : '',
        scrolls(overflowY) && element.scrollHeight > element.clientHeight ? 'y' : '',
      ].join('');
      if (
        axes === '' ||
        !element.closest(within) ||
        !element.checkVisibility() ||
        element.closest('[inert], [aria-hidden="true"]')
      )
        continue;
      element.setAttribute('data-test-scrolls', axes);
      count++;
    }
    return count;
  }, part);

const positionOf = (region: Locator): Promise<readonly [number, number]> =>
  region.evaluate(({ scrollLeft, scrollTop }): [number, number] => [scrollLeft, scrollTop]);

/** Presses an arrow key until the region scrolls: in a grid of images the first presses may move only the focus. */
const expectToScroll = async (page: Page, region: Locator, key: string, name: string): Promise<void> => {
  const before = await positionOf(region);
  await expect
    .poll(
      async () => {
        await page.keyboard.press(key);
        return positionOf(region);
      },
      { message: `${name}: ${key}` },
    )
    .not.toEqual(before);
};

/** Checks every visible scrollable region; returns their number. */
const expectKeysToScroll = async (page: Page, state: string, part = 'body'): Promise<number> => {
  const count = await markScrolling(page, part);
  for (const region of await page.locator('[data-test-scrolls]').all()) {
    const name = `${state}: ${await region.evaluate(({ outerHTML }) => outerHTML.slice(0, 120))}`;
    const isGallery = await region.evaluate((element) => element.matches('.gallery-scroll'));
    // One image of the gallery takes the focus for all images.
    const focus = isGallery ? region.locator('[tabindex="0"]') : region;
    await expect(focus, name).toHaveAttribute('tabindex', '0');
    // Simulate a keyboard: a focus without an outline leaves the arrow keys to the page.
    await page.keyboard.press('Tab');
    await focus.focus();
    await expect(focus, name).toBeFocused();
    const axes = await region.getAttribute('data-test-scrolls');
    await region.evaluate((element) => element.scrollTo({ left: 0, top: 0, behavior: 'instant' }));
    // Start at the first image: the last one leaves nowhere to scroll.
    if (isGallery) await page.keyboard.press('Home');
    if (axes?.includes('x')) await expectToScroll(page, region, 'ArrowRight', name);
    if (axes?.includes('y')) await expectToScroll(page, region, 'ArrowDown', name);
  }
  return count;
};

const dialog = '[role=dialog]';

const openPage = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Pages' }).getByRole('button', { name, exact: true }).click();

/** Visits every page and dialog; returns the number of scrolled regions. */
const walk = async (page: Page, state: string): Promise<number> => {
  let count = 0;
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 700 });
    for (const name of ['Figures', 'Table II', 'Method', 'Bench']) {
      await openPage(page, name);
      await expect(page.getByRole('main').first()).toBeVisible();
      await page.evaluate(() => document.fonts.ready);
      count += await expectKeysToScroll(page, `${name}, ${state}, ${width} pixels`);
    }
    for (const [button, tab] of [
      ['View weight', 'Settings'],
      ['Table', 'Results'],
    ] as const) {
      if (width === 390) await page.getByRole('tab', { name: tab }).click();
      await page.getByRole('button', { name: button, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      count += await expectKeysToScroll(page, `dialog ${button}, ${state}, ${width} pixels`, dialog);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog')).toBeVisible();
    count += await expectKeysToScroll(page, `shortcuts, ${state}, ${width} pixels`, dialog);
    await page.keyboard.press('Escape');
  }
  return count;
};

/** The content security policy allows no style element. */
const addStyles = (page: Page, styles: string): Promise<void> =>
  page.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets.push(sheet);
  }, styles);

const trainBriefly = async (page: Page): Promise<void> => {
  await openApp(page);
  await setConfig(page, { side: 32, width: 0.25, batch: 8, epochs: 1, evaluateEvery: 1 });
  await transport(page, 'Train').click();
  await waitForPhase(page, 'finished');
};

test('the keyboard scrolls every region that overflows, on all pages and in dialogs, also in large text', async ({
  page,
}) => {
  await trainBriefly(page);
  expect(await walk(page, 'own fonts')).toBeGreaterThan(6);
  await addStyles(page, largeText);
  // Including equations.
  expect(await walk(page, 'large text')).toBeGreaterThan(20);
});

test('the keyboard scrolls every region that overflows in a font of the machine, if the fonts of the page do not load', async ({
  page,
}) => {
  await page.route('**/*.woff2', (route) => route.abort());
  await trainBriefly(page);
  await addStyles(page, '* { font-family: monospace !important; }');
  expect(await walk(page, 'monospace')).toBeGreaterThan(6);
});
