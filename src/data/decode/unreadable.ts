/** The error for an unusable image, and the maximum size of an image. */
import { ResiduaError } from '#core/errors.ts';

/** Maximum number of pixels of an image: 64 megapixels. */
export const mostPixels = 64e6;

/**
 * Maximum width and height. It bounds the memory of a resize, which reduces columns before rows as Pillow does, even for an
 * image of one column.
 */
export const longestSide = 32_768;

/** An `unreadable-image` error; `problem` is a whole sentence that starts with "It" and states the problem. */
export const unreadable = (problem: string, cause?: unknown): ResiduaError =>
  new ResiduaError('unreadable-image', problem, 'Replace or remove the file.', { cause });

/** @throws ResiduaError `unreadable-image` if the image is empty or larger than `mostPixels`. */
export const checkSize = (width: number, height: number): void => {
  if (width < 1 || height < 1)
    throw unreadable(`It is ${width} x ${height} pixels, expected at least 1 x 1.`);
  if (Math.max(width, height) > longestSide) {
    throw unreadable(`It is ${width} x ${height} pixels, expected at most ${longestSide} a side.`);
  }
  if (width * height > mostPixels) {
    throw unreadable(`It is ${width} x ${height} pixels, expected at most ${mostPixels / 1e6} megapixels.`);
  }
};

/**
 * Returns the error that skips one file: whatever a decoder throws must not end the load of a category.
 * @param thrown the value that decoding the file threw
 */
export const asUnreadable = (thrown: unknown): ResiduaError => {
  if (thrown instanceof ResiduaError) return thrown;
  // What browsers throw if an array does not fit.
  if (thrown instanceof RangeError && /alloc|length|size/i.test(thrown.message)) {
    return unreadable('It needs more memory than this browser provides.', thrown);
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return unreadable(`It could not be decoded: ${message}.`, thrown);
};
