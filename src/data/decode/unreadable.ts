/** The error of an image that cannot be used, and limits on what is decoded. */
import { ResiduaError } from '#core/errors.ts';

/** Most pixels of one image that are decoded: 64 megapixels. */
export const mostPixels = 64e6;

/** An `unreadable-image` error; `problem` is a whole sentence that begins with "It" and says what is wrong. */
export const unreadable = (problem: string, cause?: unknown): ResiduaError =>
  new ResiduaError('unreadable-image', problem, 'Replace the file or leave it out.', { cause });

/** @throws ResiduaError `unreadable-image` if the image is empty or larger than `mostPixels`. */
export const checkSize = (width: number, height: number): void => {
  if (width < 1 || height < 1) throw unreadable(`It is ${width} x ${height} pixels: it has no pixels.`);
  if (width * height > mostPixels) {
    throw unreadable(`It is ${width} x ${height} pixels: at most ${mostPixels / 1e6} megapixels are read.`);
  }
};
