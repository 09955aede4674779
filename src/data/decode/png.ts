/** Decodes PNG to RGB bytes, the same in every browser: every color type and bit depth, no color management. */
import { type Channels, channelsToRgb } from './channels.ts';
import type { DecodedImage } from './decoded-image.ts';
import { colorTypes, type PngChunks } from './png-chunks.ts';
import { channelCount, readPngValues } from './png-rows.ts';
import { unreadable } from './unreadable.ts';

/** @throws ResiduaError `unreadable-image` if an index is past the palette. */
const lookUp = (
  indices: ArrayLike<number>,
  palette: Uint8Array,
  alphas: Uint8Array | undefined,
): Channels => {
  const channels = alphas ? 4 : 3;
  const colors = palette.length / 3;
  const values = new Uint8Array(indices.length * channels);
  for (let pixel = 0; pixel < indices.length; pixel++) {
    const index = indices[pixel];
    if (index >= colors) {
      throw unreadable(`It is a damaged PNG: it uses color ${index} of a palette of ${colors}.`);
    }
    for (let channel = 0; channel < 3; channel++) {
      values[pixel * channels + channel] = palette[3 * index + channel];
    }
    if (alphas) values[pixel * channels + 3] = alphas[index] ?? 255;
  }
  return { values, channels, maximum: 255, keyColor: undefined };
};

/** The 16-bit values of a tRNS chunk, reduced to the bit depth as libpng does. */
const keyColorOf = (transparency: Uint8Array, bitDepth: number): readonly number[] => {
  const view = new DataView(transparency.buffer, transparency.byteOffset, transparency.byteLength);
  return Array.from(
    { length: transparency.length / 2 },
    (_, index) => view.getUint16(2 * index) & (2 ** bitDepth - 1),
  );
};

/**
 * Reads the stored values of a PNG, with palettes looked up.
 * @param options.transparency false ignores tRNS: all colors are opaque, except those with an alpha channel
 * @throws ResiduaError `unreadable-image` if the data is damaged
 */
export const readPng = (png: PngChunks, { transparency = true } = {}): Channels => {
  const values = readPngValues(png);
  const declared = transparency ? png.transparency : undefined;
  if (png.colorType === colorTypes.indexed) return lookUp(values, png.palette ?? new Uint8Array(0), declared);
  return {
    values,
    channels: channelCount(png),
    maximum: 2 ** png.bitDepth - 1,
    keyColor: declared && keyColorOf(declared, png.bitDepth),
  };
};

/**
 * Decodes a PNG: gray replicated to three channels, 16 bits rounded to 8 (value / 257), alpha and transparent colors
 * composited on black.
 * @throws ResiduaError `unreadable-image` if the data is damaged
 */
export const decodePng = (png: PngChunks): DecodedImage => {
  const { width, height } = png;
  return { width, height, ...channelsToRgb(readPng(png), width * height), rotated: false };
};
