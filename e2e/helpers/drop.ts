/** Drops files and folders from the disk onto the page, like the browser itself. */
import type { Page } from '@playwright/test';

/**
 * Drags files or folders to the middle of the page and drops them there.
 * @param files absolute paths
 */
export const dropFiles = async (page: Page, files: readonly string[]): Promise<void> => {
  const devtools = await page.context().newCDPSession(page);
  const { width, height } = page.viewportSize() ?? { width: 1000, height: 800 };
  const copying = 1;
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await devtools.send('Input.dispatchDragEvent', {
      type,
      x: width / 2,
      y: height / 2,
      data: { items: [], files: [...files], dragOperationsMask: copying },
    });
  }
  await devtools.detach();
};
