/** Reads the chunks of a PNG that decide its pixels. What is an error, and what is ignored, follows libpng. */
import { crc32 } from '#core/crc32.ts';
import { checkSize, unreadable } from './unreadable.ts';

export const colorTypes = { gray: 0, rgb: 2, indexed: 3, grayAlpha: 4, rgba: 6 } as const;
export type ColorType = (typeof colorTypes)[keyof typeof colorTypes];

export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per value: 1, 2, 4, 8 or 16. */
  readonly bitDepth: number;
  readonly colorType: ColorType;
  /** Whether the pixels come in the seven passes of Adam7. */
  readonly interlaced: boolean;
}

/** A PNG before its pixels are decompressed. */
export interface PngChunks extends PngHeader {
  /** RGB bytes of the palette; undefined unless the pixels are indices. */
  readonly palette: Uint8Array | undefined;
  /** The tRNS chunk: the alpha of each palette color, or one transparent color in 16-bit values. */
  readonly transparency: Uint8Array | undefined;
  /** The compressed pixels, in parts. */
  readonly data: readonly Uint8Array[];
}

const signatureLength = 8;
/** Length, type and checksum of a chunk. */
const chunkOverhead = 12;
const headerLength = 13;
/** Larger lengths are errors in PNG. */
const largestLength = 2 ** 31 - 1;

/** Bit depths that PNG allows for each color type. */
const allowedDepths: Readonly<Record<ColorType, readonly number[]>> = {
  [colorTypes.gray]: [1, 2, 4, 8, 16],
  [colorTypes.rgb]: [8, 16],
  [colorTypes.indexed]: [1, 2, 4, 8],
  [colorTypes.grayAlpha]: [8, 16],
  [colorTypes.rgba]: [8, 16],
};

const damaged = (problem: string): Error => unreadable(`It is a damaged PNG: ${problem}.`);

interface Chunk {
  readonly type: string;
  readonly content: Uint8Array;
  /** Computed when asked for, so that text and profiles cost no time. */
  readonly checksumIsRight: () => boolean;
}

/** Chunks in order, to IEND. @throws ResiduaError `unreadable-image` if the file ends before IEND */
function* chunksOf(bytes: Uint8Array): Generator<Chunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = signatureLength; ; ) {
    if (offset + chunkOverhead > bytes.length) throw unreadable('It is a truncated PNG.');
    const length = view.getUint32(offset);
    const letters = bytes.subarray(offset + 4, offset + 8);
    const type = String.fromCharCode(...letters);
    if (!/^[A-Za-z]{4}$/.test(type)) throw damaged(`a chunk at byte ${offset} has no valid type`);
    if (length > largestLength) throw damaged(`its ${type} chunk claims ${length} bytes`);
    const end = offset + chunkOverhead + length;
    if (end > bytes.length) throw unreadable('It is a truncated PNG.');
    yield {
      type,
      content: bytes.subarray(offset + 8, end - 4),
      checksumIsRight: () => crc32(bytes.subarray(offset + 4, end - 4)) === view.getUint32(end - 4),
    };
    if (type === 'IEND') return;
    offset = end;
  }
}

const isColorType = (value: number): value is ColorType =>
  Object.values(colorTypes).some((known) => known === value);

/** @throws ResiduaError `unreadable-image` if PNG does not allow this header, or the image is too large */
const parseHeader = (content: Uint8Array): PngHeader => {
  if (content.length !== headerLength) {
    throw damaged(`its IHDR chunk has ${content.length} bytes, expected ${headerLength}`);
  }
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(0), view.getUint32(4)];
  const [bitDepth, colorType, compression, filter, interlace] = content.subarray(8);
  if (!isColorType(colorType)) throw damaged(`its color type is ${colorType}, which PNG does not have`);
  if (!allowedDepths[colorType].includes(bitDepth)) {
    throw damaged(`its bit depth is ${bitDepth}, which PNG does not allow for color type ${colorType}`);
  }
  if (compression !== 0 || filter !== 0 || interlace > 1) {
    throw damaged(
      `its compression, filter and interlace methods are ${compression}, ${filter} and ${interlace}; PNG has only 0, 0, and 0 or 1`,
    );
  }
  checkSize(width, height);
  return { width, height, bitDepth, colorType, interlaced: interlace === 1 };
};

/** @throws ResiduaError `unreadable-image` if the palette of indexed pixels is damaged */
const parsePalette = (content: Uint8Array, { bitDepth }: PngHeader): Uint8Array => {
  if (content.length === 0 || content.length % 3 !== 0) {
    throw damaged(`its palette has ${content.length} bytes, which is no whole number of colors`);
  }
  // libpng ignores the colors that no index can reach.
  return content.subarray(0, 3 * 2 ** bitDepth);
};

/** Whether a tRNS chunk fits the header and the palette; libpng ignores one that does not. */
const fitsTransparency = (
  { length }: Uint8Array,
  { colorType }: PngHeader,
  palette: Uint8Array | undefined,
): boolean => {
  if (colorType === colorTypes.gray) return length === 2;
  if (colorType === colorTypes.rgb) return length === 6;
  return palette !== undefined && length > 0 && length <= palette.length / 3;
};

/**
 * Reads the chunks of a PNG. Text, profiles and other chunks that do not change the pixels are skipped, even if damaged; so is a
 * tRNS chunk that is damaged, misplaced or of a wrong length.
 * @param bytes a file that starts with the PNG signature
 * @throws ResiduaError `unreadable-image` if the file is truncated, a critical chunk is damaged, unknown or misplaced, the
 *   header is invalid, or the image is too large
 */
export const readPngChunks = (bytes: Uint8Array): PngChunks => {
  let header: PngHeader | undefined;
  let palette: Uint8Array | undefined;
  let transparency: Uint8Array | undefined;
  let previous = '';
  const data: Uint8Array[] = [];
  for (const { type, content, checksumIsRight } of chunksOf(bytes)) {
    const isCritical = type[0] === type[0]?.toUpperCase();
    if (isCritical && !checksumIsRight()) throw damaged(`the checksum of its ${type} chunk is wrong`);
    if (type === 'IHDR') {
      if (header) throw damaged('it has two IHDR chunks');
      header = parseHeader(content);
    } else if (!header) {
      throw damaged(`its first chunk is ${type}, expected IHDR`);
    } else if (type === 'PLTE') {
      if (palette) throw damaged('it has two palettes');
      if (data.length > 0) throw damaged('its palette comes after its pixels');
      if (header.colorType === colorTypes.indexed) palette = parsePalette(content, header);
    } else if (type === 'tRNS') {
      const isUsed = data.length === 0 && transparency === undefined;
      if (isUsed && fitsTransparency(content, header, palette) && checksumIsRight()) transparency = content;
    } else if (type === 'IDAT') {
      // libpng reads one run of IDAT chunks.
      if (data.length === 0 || previous === 'IDAT') data.push(content);
    } else if (isCritical && type !== 'IEND') {
      throw damaged(`its chunk ${type} is critical, and unknown`);
    }
    previous = type;
  }
  if (!header) throw damaged('it has no header');
  if (header.colorType === colorTypes.indexed && !palette) throw damaged('it has no palette');
  if (data.length === 0) throw damaged('it has no pixels');
  return { ...header, palette, transparency, data };
};
