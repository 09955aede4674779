/** Connected regions of a binary mask: the defects that per-region overlap averages over. */

/** The regions of one mask. */
export interface ConnectedComponents {
  /** Region of each pixel, [height, width] row-major: 0 outside, 1 to `sizes.length` inside, in scan order. */
  readonly labels: Uint32Array;
  /** Pixels of each region; label l is at index l - 1. */
  readonly sizes: readonly number[];
}

/**
 * Labels regions of pixels that touch at a side or a corner (8-connectivity: a 3x3 structuring element of ones, as in
 * MVTec's own evaluation code).
 * @param mask [height, width] row-major; any nonzero value is inside
 * @throws RangeError if the mask's length is not width * height
 */
export const connectedComponents = (mask: Uint8Array, width: number, height: number): ConnectedComponents => {
  if (mask.length !== width * height) {
    throw new RangeError(`A mask of ${width} x ${height} has ${width * height} pixels, got ${mask.length}.`);
  }
  const labels = new Uint32Array(mask.length);
  const sizes: number[] = [];
  // Labeled pixels whose neighbors are still to be visited.
  const waiting: number[] = [];
  for (let seed = 0; seed < mask.length; seed++) {
    if (mask[seed] === 0 || labels[seed] !== 0) continue;
    const label = sizes.length + 1;
    let size = 0;
    labels[seed] = label;
    waiting.push(seed);
    for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
      size++;
      const column = pixel % width;
      const row = (pixel - column) / width;
      for (let y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          const neighbor = y * width + x;
          if (mask[neighbor] === 0 || labels[neighbor] !== 0) continue;
          labels[neighbor] = label;
          waiting.push(neighbor);
        }
      }
    }
    sizes.push(size);
  }
  return { labels, sizes };
};
