/** Decodes JPEG, WebP and BMP with the browser's own decoders; runs in a worker. */

import { declaredSize } from './declared-size.ts';
import type { DecodedImage } from './decoded-image.ts';
import { withoutExif } from './exif.ts';
import type { BrowserFormat } from './format.ts';
import { checkSize, unreadable } from './unreadable.ts';

const opaque = 255;

interface BrowserImage extends Pick<DecodedImage, 'width' | 'height' | 'rotated'> {
  readonly rgba: Uint8ClampedArray;
}

/** Composites unpremultiplied RGBA bytes on black, to RGB. */
const compositeOnBlack = (rgba: Uint8ClampedArray): Pick<DecodedImage, 'pixels' | 'transparent'> => {
  const pixels = new Uint8Array((rgba.length / 4) * 3);
  let transparent = false;
  for (let source = 0, target = 0; source < rgba.length; source += 4, target += 3) {
    const alpha = rgba[source + 3];
    if (alpha === opaque) {
      pixels[target] = rgba[source];
      pixels[target + 1] = rgba[source + 1];
      pixels[target + 2] = rgba[source + 2];
    } else {
      transparent = true;
      for (let channel = 0; channel < 3; channel++) {
        pixels[target + channel] = Math.round((rgba[source + channel] * alpha) / opaque);
      }
    }
  }
  return { pixels, transparent };
};

/**
 * Reads RGBA bytes with `createImageBitmap`, without color management and as they are stored, whatever EXIF says. The canvas stores colors multiplied by their alpha:
 * the color of a nearly transparent pixel is coarse, and a fully transparent pixel reads as 0.
 * @throws ResiduaError `unreadable-image` if the browser refuses the data or the image is too large
 */
export const readInBrowser = async (
  bytes: Uint8Array<ArrayBuffer>,
  format: BrowserFormat,
): Promise<BrowserImage> => {
  const declared = declaredSize(bytes, format);
  checkSize(declared.width, declared.height);
  const { bytes: stored, rotated } = format === 'jpeg' ? withoutExif(bytes) : { bytes, rotated: false };
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([stored], { type: `image/${format}` }), {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
    });
  } catch (cause) {
    throw unreadable(`It is a damaged ${format.toUpperCase()}: this browser cannot decode it.`, cause);
  }
  try {
    const { width, height } = bitmap;
    checkSize(width, height);
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (context === null)
      throw unreadable(`It is ${width} x ${height} pixels, too large for a canvas in this browser.`);
    context.drawImage(bitmap, 0, 0);
    return { width, height, rotated, rgba: context.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
};

/**
 * Decodes like `readInBrowser`, and composites on black.
 * @throws ResiduaError `unreadable-image` if the browser refuses the data or the image is too large
 */
export const decodeInBrowser = async (
  bytes: Uint8Array<ArrayBuffer>,
  format: BrowserFormat,
): Promise<DecodedImage> => {
  const { width, height, rotated, rgba } = await readInBrowser(bytes, format);
  return { width, height, rotated, ...compositeOnBlack(rgba) };
};
