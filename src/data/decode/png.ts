/** Decodes PNG to RGB bytes, the same in every browser: every color type and bit depth, no color management. */
import { type DecodedPng, decode } from 'fast-png';
import type { DecodedImage } from './decoded-image.ts';
import type { CriticalPng } from './png-chunks.ts';
import { unreadable } from './unreadable.ts';

/** One value per element: gray, gray and alpha, RGB, or RGBA. */
export interface Channels {
  readonly values: ArrayLike<number>;
  /** Values per pixel: 1, 2, 3 or 4. */
  readonly channels: number;
  /** Largest value: 2^depth - 1. */
  readonly maximum: number;
  /** The color that tRNS declares transparent, if the values have no alpha. */
  readonly keyColor: ArrayLike<number> | undefined;
}

/** Unpacks values of 1, 2 or 4 bits to one per element; rows start on whole bytes. */
const unpack = ({ data, width, height, depth }: DecodedPng): Uint8Array => {
  const rowBytes = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  const values = new Uint8Array(width * height);
  for (let y = 0, target = 0; y < height; y++) {
    for (let x = 0; x < width; x++, target++) {
      const bit = x * depth;
      values[target] = (data[y * rowBytes + (bit >> 3)] >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return values;
};

/** @throws ResiduaError `unreadable-image` if an index is past the palette. */
const lookUp = (indices: ArrayLike<number>, palette: readonly number[][]): Channels => {
  const channels = palette[0]?.length ?? 0;
  const colors = palette.flat();
  const values = new Uint8Array(indices.length * channels);
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const index = indices[pixel];
    if (index >= palette.length) {
      throw unreadable(`It is a damaged PNG: it uses color ${index} of a palette of ${palette.length}.`);
    }
    for (let channel = 0; channel < channels; channel++) {
      values[pixel * channels + channel] = colors[index * channels + channel];
    }
  }
  return { values, channels, maximum: 255, keyColor: undefined };
};

const channelsOf = (png: DecodedPng, indexed: boolean): Channels => {
  const values = png.depth < 8 ? unpack(png) : png.data;
  if (indexed) return lookUp(values, png.palette ?? []);
  return { values, channels: png.channels, maximum: 2 ** png.depth - 1, keyColor: png.transparency };
};

/** RGB bytes on black: round(255 * value / maximum), times alpha / maximum if there is one, in one rounding. */
const toRgb = (
  { values, channels, maximum, keyColor }: Channels,
  count: number,
): Pick<DecodedImage, 'pixels' | 'transparent'> => {
  if (channels === 3 && maximum === 255 && keyColor === undefined && values instanceof Uint8Array) {
    return { pixels: values, transparent: false };
  }
  const colors = channels < 3 ? 1 : 3;
  const hasAlpha = channels > colors;
  const pixels = new Uint8Array(count * 3);
  let transparent = false;
  for (let pixel = 0; pixel < count; pixel++) {
    const source = pixel * channels;
    let alpha = hasAlpha ? values[source + colors] : maximum;
    if (keyColor !== undefined) {
      let equal = true;
      for (let color = 0; color < colors; color++) {
        equal &&= values[source + color] === keyColor[color];
      }
      if (equal) alpha = 0;
    }
    if (alpha < maximum) transparent = true;
    for (let channel = 0; channel < 3; channel++) {
      const value = values[source + (colors === 1 ? 0 : channel)];
      pixels[pixel * 3 + channel] = Math.round((value * 255 * alpha) / (maximum * maximum));
    }
  }
  return { pixels, transparent };
};

/**
 * Whether `decodePng` decodes this PNG. fast-png misreads interlaced values of fewer than 8 bits as bytes; these rare images
 * go to the browser's decoder.
 */
export const decodesPng = ({ bitDepth, interlaced }: CriticalPng): boolean => bitDepth >= 8 || !interlaced;

/**
 * Reads the stored values of a PNG, with palettes looked up.
 * @throws ResiduaError `unreadable-image` if the data is damaged
 */
export const readPng = ({ bytes, indexed }: CriticalPng): Channels => {
  let png: DecodedPng;
  try {
    png = decode(bytes);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw unreadable(`It is a damaged PNG: ${message}.`, cause);
  }
  return channelsOf(png, indexed);
};

/**
 * Decodes a PNG: gray replicated to three channels, 16 bits rounded to 8 (value / 257), alpha and transparent colors
 * composited on black.
 * @throws ResiduaError `unreadable-image` if the data is damaged
 */
export const decodePng = (critical: CriticalPng): DecodedImage => {
  const { width, height } = critical;
  return { width, height, ...toRgb(readPng(critical), width * height) };
};
