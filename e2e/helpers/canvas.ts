/** Inspects the page's canvases. */
import type { Locator } from '@playwright/test';

/** Number of different colors on a canvas; 1 if it is blank. */
export const colorCount = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const context = element.getContext('2d');
    if (!context) throw new Error('not a 2-D canvas');
    const { data } = context.getImageData(0, 0, element.width, element.height);
    return new Set(new Uint32Array(data.buffer)).size;
  });
