/** Decodes TIFF: gray, palette and RGB of 8 or 16 bits in strips, plain, LZW or deflated. Loaded with the first TIFF. */
import { decode, type TiffIfd } from 'tiff';
import { type Channels, channelsToRgb } from './channels.ts';
import type { DecodedImage } from './decoded-image.ts';
import { deflatedLength, lzwLength } from './tiff-strips.ts';
import { checkSize, unreadable } from './unreadable.ts';

const compressions: Readonly<Record<number, 'plain' | 'lzw' | 'deflate'>> = {
  1: 'plain',
  5: 'lzw',
  8: 'deflate',
  32946: 'deflate',
};

const types = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3 } as const;

/** Some writers pad the last strip, or each row. */
const slackBytes = 4096;

const damaged = (why: string, cause?: unknown): Error => unreadable(`It is a damaged TIFF: ${why}.`, cause);

const unsupported = (what: string): Error =>
  unreadable(
    `It is a TIFF with ${what}: only unrotated gray, palette and RGB images of 8 or 16 bits in strips are supported, plain, LZW or deflated.`,
  );

const parsed = (bytes: Uint8Array, ignoreImageData: boolean): TiffIfd => {
  let page: TiffIfd | undefined;
  try {
    [page] = decode(bytes, { pages: [0], ignoreImageData });
  } catch (cause) {
    if (cause instanceof RangeError && /alloc/i.test(cause.message)) throw cause;
    throw damaged(ignoreImageData ? 'its header cannot be read' : 'its image data cannot be read', cause);
  }
  if (!page) throw damaged('it has no image');
  return page;
};

const bitsOf = (page: TiffIfd): readonly number[] => {
  const bits: unknown = page.fields.get(258);
  return Array.isArray(bits) ? bits : [page.bitsPerSample ?? 1];
};

/** @throws ResiduaError `unreadable-image` with what is not supported */
const checkKind = (page: TiffIfd): void => {
  const bits = bitsOf(page);
  if (bits.some((depth) => depth !== bits[0]) || (bits[0] !== 8 && bits[0] !== 16))
    throw unsupported(`${bits.join(' + ')} bits per sample`);
  if (page.sampleFormat !== 1) throw unsupported('values that are not whole numbers');
  if (page.type === types.palette && bits[0] !== 8) throw unsupported('a palette of 16 bits');
  if (!Object.values<number>(types).includes(page.type)) throw unsupported(`color type ${page.type}`);
  if (page.samplesPerPixel > 8) throw unsupported(`${page.samplesPerPixel} samples per pixel`);
  if (page.type === types.rgb && page.samplesPerPixel < 3)
    throw damaged('its RGB has fewer than three samples');
  if (page.tileWidth !== undefined) throw unsupported('tiles');
  if (page.planarConfiguration !== 1 && page.samplesPerPixel > 1) throw unsupported('one plane per color');
  // Pillow turns such images, unlike those of other formats.
  if (page.orientation > 1) throw unsupported(`orientation ${page.orientation}`);
  if (compressions[page.compression] === undefined) throw unsupported(`compression ${page.compression}`);
};

/** Compares the length of each strip with its rows, so that a few bytes cannot fill the memory. */
const checkStrips = (bytes: Uint8Array, page: TiffIfd): void => {
  const { stripOffsets, stripByteCounts, width, height, samplesPerPixel } = page;
  const rowBytes = (width * samplesPerPixel * page.bitsPerSample) / 8;
  const most = rowBytes * Math.min(page.rowsPerStrip, height) + slackBytes;
  const strips = Math.ceil(height / page.rowsPerStrip);
  if (stripOffsets?.length !== strips || stripByteCounts?.length !== strips)
    throw damaged(`it lists ${stripOffsets?.length ?? 0} strips, expected ${strips}`);
  for (const [at, offset] of stripOffsets.entries()) {
    const strip = bytes.subarray(offset, offset + stripByteCounts[at]);
    if (strip.length < stripByteCounts[at]) throw damaged(`strip ${at + 1} of ${strips} lies past its end`);
    const compression = compressions[page.compression];
    if (compression === 'plain') continue;
    let length: number;
    try {
      length = compression === 'lzw' ? lzwLength(strip, most) : deflatedLength(strip, most);
    } catch (cause) {
      throw damaged(`strip ${at + 1} of ${strips} cannot be decompressed`, cause);
    }
    if (length > most) throw damaged(`strip ${at + 1} of ${strips} is longer than its rows`);
  }
};

/** Values of the samples that are colors or alpha. */
const channelsOf = (page: TiffIfd): Channels => {
  const { data, samplesPerPixel, type } = page;
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) throw unsupported('such values');
  const maximum = 2 ** page.bitsPerSample - 1;
  if (type === types.palette) {
    const { palette } = page;
    if (!palette) throw damaged('its palette is missing');
    const values = new Uint8Array(page.width * page.height * 3);
    for (let pixel = 0; pixel < page.width * page.height; pixel++) {
      const color = palette[data[pixel * samplesPerPixel]];
      for (let channel = 0; channel < 3; channel++) values[pixel * 3 + channel] = color[channel] >> 8;
    }
    return { values, channels: 3, maximum: 255, keyColor: undefined };
  }
  const colors = type === types.rgb ? 3 : 1;
  const channels = page.alpha && samplesPerPixel > colors ? colors + 1 : colors;
  if (channels === samplesPerPixel) return { values: data, channels, maximum, keyColor: undefined };
  const count = page.width * page.height;
  const values = maximum > 255 ? new Uint16Array(count * channels) : new Uint8Array(count * channels);
  for (let pixel = 0; pixel < count; pixel++) {
    for (let channel = 0; channel < channels; channel++)
      values[pixel * channels + channel] = data[pixel * samplesPerPixel + channel];
  }
  return { values, channels, maximum, keyColor: undefined };
};

/** A TIFF's first image. */
export interface TiffImage {
  readonly width: number;
  readonly height: number;
  readonly channels: Channels;
}

/**
 * Reads the first image of a TIFF. Its declared size is checked before anything is decompressed.
 * @throws ResiduaError `unreadable-image` if it is damaged, too large or of an unsupported kind
 */
export const readTiff = (bytes: Uint8Array): TiffImage => {
  const header = parsed(bytes, true);
  const { width, height } = header;
  if (!Number.isInteger(width) || !Number.isInteger(height)) throw damaged('its header has no size');
  checkSize(width, height);
  checkKind(header);
  checkStrips(bytes, header);
  return { width, height, channels: channelsOf(parsed(bytes, false)) };
};

/** Like `readTiff`, as RGB bytes on black; 16 bits are rounded to 8 (value / 257). */
export const decodeTiff = (bytes: Uint8Array): DecodedImage => {
  const { width, height, channels } = readTiff(bytes);
  return { width, height, ...channelsToRgb(channels, width * height), rotated: false };
};
