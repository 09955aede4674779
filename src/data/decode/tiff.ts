/** Decodes TIFF: gray, palette and RGB of 8 or 16 bits and gray of 1 bit, plain, LZW or deflated. Loaded with the first TIFF. */
import { decode, type TiffIfd } from 'tiff';
import { type Channels, channelsToRgb } from './channels.ts';
import type { DecodedImage } from './decoded-image.ts';
import { blocksOf, placePlane, planeAsStrips, type TiffBlocks, type TiffValues } from './tiff-blocks.ts';
import { deflatedLength, lzwLength } from './tiff-strips.ts';
import { checkSize, longestSide, mostPixels, unreadable } from './unreadable.ts';

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
    `It is a TIFF with ${what}, expected gray, palette or RGB of 8 or 16 bits, or gray of 1 bit, not rotated, and plain, LZW or deflated. Convert it to PNG.`,
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
  if (page.bitsPerSample === undefined) throw unsupported('no count of bits per sample');
  if (page.fillOrder !== 1) throw unsupported('bits in reverse order');
  const isBilevel = bits[0] === 1 && page.samplesPerPixel === 1 && page.type <= types.blackIsZero;
  if (bits.some((depth) => depth !== bits[0]) || (bits[0] !== 8 && bits[0] !== 16 && !isBilevel))
    throw unsupported(`${bits.join(' + ')} bits per sample`);
  if (page.sampleFormat !== 1) throw unsupported('values that are not whole numbers');
  if (page.type === types.palette && bits[0] !== 8) throw unsupported('a palette of 16 bits');
  if (!Object.values<number>(types).includes(page.type)) throw unsupported(`color type ${page.type}`);
  if (page.samplesPerPixel > 8) throw unsupported(`${page.samplesPerPixel} samples per pixel`);
  if (page.type === types.rgb && page.samplesPerPixel < 3)
    throw damaged('its RGB has fewer than three samples');
  if (page.planarConfiguration !== 1 && page.samplesPerPixel > 1) {
    // Pillow reads only one byte of these values.
    if (bits[0] !== 8) throw unsupported(`one plane per color of ${bits[0]} bits`);
    if (page.alpha && page.associatedAlpha) throw unsupported('planes whose colors are multiplied by alpha');
  }
  // Pillow turns such images, unlike those of other formats.
  if (page.orientation > 1) throw unsupported(`orientation ${page.orientation}`);
  if (compressions[page.compression] === undefined) throw unsupported(`compression ${page.compression}`);
};

/** Compares the length of each strip with its rows, so that a few bytes cannot fill the memory. */
const checkStrips = (bytes: Uint8Array, page: TiffIfd): void => {
  const { stripOffsets, stripByteCounts, width, height, samplesPerPixel } = page;
  const rowBytes = Math.ceil((width * samplesPerPixel * page.bitsPerSample) / 8);
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

const valuesOf = (page: TiffIfd): TiffValues => {
  const { data } = page;
  if (!(data instanceof Uint8Array || data instanceof Uint16Array)) throw unsupported('such values');
  return data as TiffValues;
};

/** @throws ResiduaError `unreadable-image` if pieces are missing, lie outside the file, or are far larger than their image */
const checkBlocks = (bytes: Uint8Array, blocks: TiffBlocks): void => {
  const { width, height, across, down, planes, offsets, byteCounts } = blocks;
  const isLarge = width > longestSide || height > longestSide;
  if (!(width > 0 && height > 0) || isLarge || width * across * height * down > 2 * mostPixels)
    throw damaged(`its tiles have ${width} x ${height} pixels`);
  const count = across * down * planes;
  if (offsets.length !== count || byteCounts.length !== count)
    throw damaged(`it lists ${offsets.length} pieces, expected ${count}`);
  const past = offsets.findIndex((offset, at) => offset + (byteCounts[at] ?? 0) > bytes.length);
  if (past >= 0) throw damaged(`piece ${past + 1} of ${count} lies past its end`);
};

/** The values of an image in tiles or planes. */
const readBlocks = (bytes: Uint8Array, header: TiffIfd, blocks: TiffBlocks): TiffValues => {
  checkBlocks(bytes, blocks);
  const count = header.width * header.height * header.samplesPerPixel;
  const values = header.bitsPerSample > 8 ? new Uint16Array(count) : new Uint8Array(count);
  for (let plane = 0; plane < blocks.planes; plane++) {
    const strips = planeAsStrips(bytes, header, blocks, plane);
    checkStrips(strips, parsed(strips, true));
    placePlane(valuesOf(parsed(strips, false)), values, header, blocks, plane);
  }
  return values;
};

/** Values of the samples that are colors or alpha. @param data of all samples */
const channelsOf = (page: TiffIfd, data: TiffValues): Channels => {
  const { samplesPerPixel, type } = page;
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
  const blocks = blocksOf(header);
  if (blocks) return { width, height, channels: channelsOf(header, readBlocks(bytes, header, blocks)) };
  checkStrips(bytes, header);
  const page = parsed(bytes, false);
  return { width, height, channels: channelsOf(page, valuesOf(page)) };
};

/** Like `readTiff`, as RGB bytes on black; 16 bits are rounded to 8 (value / 257). */
export const decodeTiff = (bytes: Uint8Array): DecodedImage => {
  const { width, height, channels } = readTiff(bytes);
  return { width, height, ...channelsToRgb(channels, width * height), rotated: false };
};
