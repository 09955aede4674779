/** Resizes masks by nearest neighbour, as Pillow's `resize((side, side), NEAREST)` does. */

/** A mask, [height, width], 0 or 1. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Input position of each output position; summed up step by step, since Pillow's rounding is that of the sum. */
const nearestPositions = (inputSize: number, outputSize: number): Int32Array => {
  const step = inputSize / outputSize;
  const positions = new Int32Array(outputSize);
  for (let output = 0, position = step * 0.5; output < outputSize; output++, position += step) {
    positions[output] = Math.min(Math.trunc(position), inputSize - 1);
  }
  return positions;
};

/**
 * Resizes a mask to a square.
 * @returns 0 or 1, [side, side]
 */
export const resizeMask = ({ width, height, pixels }: Mask, side: number): Uint8Array<ArrayBuffer> => {
  const columns = nearestPositions(width, side);
  const rows = nearestPositions(height, side);
  const square = new Uint8Array(side * side);
  for (let y = 0, target = 0; y < side; y++) {
    const row = rows[y] * width;
    for (let x = 0; x < side; x++, target++) square[target] = pixels[row + columns[x]];
  }
  return square;
};
