/** Takes the pictures of one state: three widths, light and dark, into the folder `screenshots`. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 800 },
  { width: 390, height: 844 },
] as const;

/** Charts redraw at the latest a third of a second after a change of size. */
const settledMs = 450;

/**
 * Takes the pictures, and leaves the page at the first size, dark.
 * @param name name of the state; the files are `<name>-<width>-<theme>.png`
 */
export const shoot = async (page: Page, name: string): Promise<void> => {
  const folder = 'screenshots';
  mkdirSync(folder, { recursive: true });
  const before = page.viewportSize();
  for (const size of sizes) {
    if (page.viewportSize()?.width !== size.width) {
      await page.setViewportSize(size);
      await page.waitForTimeout(settledMs);
    }
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(120);
      await page.screenshot({
        path: join(folder, `${name}-${size.width}-${colorScheme}.png`),
        fullPage: size.width < 720,
      });
    }
  }
  await page.setViewportSize(before ?? sizes[0]);
  await page.waitForTimeout(settledMs);
};
