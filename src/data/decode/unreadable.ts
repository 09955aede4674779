/** The error for an unusable image, and the maximum size of an image. */
import { ResiduaError } from '#core/errors.ts';

/** Maximum number of pixels of an image: 64 megapixels. */
export const mostPixels = 64e6;

/** An `unreadable-image` error; `problem` is a whole sentence that starts with "It" and states the problem. */
export const unreadable = (problem: string, cause?: unknown): ResiduaError =>
  new ResiduaError('unreadable-image', problem, 'Replace or remove the file.', { cause });

/** @throws ResiduaError `unreadable-image` if the image is empty or larger than `mostPixels`. */
export const checkSize = (width: number, height: number): void => {
  if (width < 1 || height < 1)
    throw unreadable(`It is ${width} x ${height} pixels, expected at least 1 x 1.`);
  if (width * height > mostPixels) {
    throw unreadable(`It is ${width} x ${height} pixels, expected at most ${mostPixels / 1e6} megapixels.`);
  }
};
