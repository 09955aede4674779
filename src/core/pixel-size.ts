/** What one pixel of the resized images stands for in the files. */
import type { Framing } from './fit.ts';
import { regionOf } from './picture-region.ts';

/** Pixels of a file for one pixel that the model sees. */
export interface PixelSize {
  /** Along the width and the height; equal for square images. */
  readonly across: number;
  readonly down: number;
  /** Side in pixels of the file below which a defect may vanish: two pixels of the model are the least that has a shape. */
  readonly vanishing: number;
}

/**
 * Returns the size of the model's pixels in a file.
 * @param width of the file's image in pixels
 * @param height of the file's image in pixels
 * @param framing of the images that the model sees
 * @returns undefined if the file has no more pixels than the model sees
 */
export const pixelSize = (width: number, height: number, { side, fit }: Framing): PixelSize | undefined => {
  const region = regionOf(width, height, fit);
  const across = region.width / side;
  const down = region.height / side;
  if (Math.max(across, down) <= 1) return undefined;
  return { across, down, vanishing: Math.ceil(2 * Math.max(across, down)) };
};

/** At most one decimal. */
const figure = (value: number): string => String(Number(value.toFixed(1)));

/** `1 px = 16 px of yours`, or `1 px = 16 × 12 px of yours` if the image was squeezed into a square. */
export const pixelSizeText = ({ across, down }: PixelSize): string => {
  const [a, b] = [figure(across), figure(down)];
  return `1 px = ${a === b ? a : `${a} × ${b}`} px of yours`;
};

/** The sentence with its consequence: `1 px = 16 px of yours; defects under about 32 px may vanish`. */
export const pixelSizeSentence = (size: PixelSize): string =>
  `${pixelSizeText(size)}; defects under about ${size.vanishing} px may vanish`;
