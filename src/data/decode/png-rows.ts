/** From the compressed data of a PNG to its stored values: decompression, filters, and the passes of Adam7. */
import { Unzlib } from 'fflate';
import { ResiduaError } from '#core/errors.ts';
import { type ColorType, colorTypes, type PngChunks, type PngHeader } from './png-chunks.ts';
import { unreadable } from './unreadable.ts';

/** Deflate needs at least one bit for 129 bytes, and its blocks and zlib's frame a few bytes. */
const largestExpansion = 1032;

/** Input bytes at a time: so at most 4 MB are decompressed beyond the data of the header's size. */
const slice = 4096;

/** A pass of Adam7: the first column and row of its pixels, and the steps between them. */
type Pass = readonly [column: number, row: number, columnStep: number, rowStep: number];

const adam7: readonly Pass[] = [
  [0, 0, 8, 8],
  [4, 0, 8, 8],
  [0, 4, 4, 8],
  [2, 0, 4, 4],
  [0, 2, 2, 4],
  [1, 0, 2, 2],
  [0, 1, 1, 2],
];

const channelsOfType: Readonly<Record<ColorType, number>> = {
  [colorTypes.gray]: 1,
  [colorTypes.rgb]: 3,
  [colorTypes.indexed]: 1,
  [colorTypes.grayAlpha]: 2,
  [colorTypes.rgba]: 4,
};

/** Values per pixel: indices count as one. */
export const channelCount = ({ colorType }: PngHeader): number => channelsOfType[colorType];

interface PassShape {
  readonly pass: Pass;
  readonly columns: number;
  readonly rows: number;
  /** Bytes of a row without its filter byte. */
  readonly rowBytes: number;
}

const shapesOf = (header: PngHeader): readonly PassShape[] => {
  const { width, height, bitDepth, interlaced } = header;
  const passes: readonly Pass[] = interlaced ? adam7 : [[0, 0, 1, 1]];
  return passes
    .map((pass) => {
      const [column, row, columnStep, rowStep] = pass;
      const columns = Math.ceil((width - column) / columnStep);
      const rows = Math.ceil((height - row) / rowStep);
      return { pass, columns, rows, rowBytes: Math.ceil((columns * channelCount(header) * bitDepth) / 8) };
    })
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
};

const damaged = (problem: string, cause?: unknown): Error =>
  unreadable(`It is a damaged PNG: ${problem}.`, cause);

/**
 * Decompresses data whose size is known, and no more. As libpng, it ignores zlib's checksum and bytes after the stream.
 * @throws ResiduaError `unreadable-image` if the data is shorter or longer, or no zlib stream
 */
const inflate = (parts: PngChunks['data'], size: number): Uint8Array => {
  const compressed = parts.reduce((total, part) => total + part.length, 0);
  // Refused before any memory is reserved.
  if (size > largestExpansion * (compressed + 16)) {
    throw damaged(
      `its header announces ${size} bytes, far more than its ${compressed} compressed bytes hold`,
    );
  }
  const bytes = new Uint8Array(size);
  let filled = 0;
  const stream = new Unzlib((chunk) => {
    if (filled + chunk.length > size) throw damaged('it has more pixels than its header announces');
    bytes.set(chunk, filled);
    filled += chunk.length;
  });
  const push = (piece: Uint8Array): boolean => {
    try {
      stream.push(piece);
      return true;
    } catch (cause) {
      if (cause instanceof ResiduaError) throw cause;
      if (filled < size) throw damaged('its pixels cannot be decompressed', cause);
      return false;
    }
  };
  for (const part of parts) {
    for (let from = 0; from < part.length; from += slice) {
      if (!push(part.subarray(from, from + slice))) return bytes;
    }
  }
  if (filled < size) throw damaged(`its pixels end after ${filled} of ${size} bytes`);
  return bytes;
};

const paeth = (left: number, above: number, aboveLeft: number): number => {
  const toLeft = Math.abs(above - aboveLeft);
  const toAbove = Math.abs(left - aboveLeft);
  const toAboveLeft = Math.abs(left + above - 2 * aboveLeft);
  if (toLeft <= toAbove && toLeft <= toAboveLeft) return left;
  return toAbove <= toAboveLeft ? above : aboveLeft;
};

/**
 * Reverses the filter of one row in place.
 * @param row offset of the row's first byte after its filter byte
 * @param above the same of the row above, or -1
 * @param step bytes of a pixel, at least 1
 */
const unfilterRow = (bytes: Uint8Array, row: number, above: number, rowBytes: number, step: number): void => {
  const filter = bytes[row - 1];
  if (filter > 4) throw damaged(`a row has filter ${filter}, and PNG has only 0 to 4`);
  const end = row + rowBytes;
  const second = Math.min(row + step, end);
  // Distance to the byte above: in the first row of a pass, all bytes above are 0.
  const up = row - above;
  if (filter === 1 || (filter === 4 && above < 0)) {
    for (let at = second; at < end; at++) bytes[at] += bytes[at - step];
  } else if (filter === 2 && above >= 0) {
    for (let at = row; at < end; at++) bytes[at] += bytes[at - up];
  } else if (filter === 3) {
    for (let at = row; at < end; at++) {
      const left = at < second ? 0 : bytes[at - step];
      bytes[at] += (left + (above < 0 ? 0 : bytes[at - up])) >> 1;
    }
  } else if (filter === 4) {
    for (let at = row; at < second; at++) bytes[at] += bytes[at - up];
    for (let at = second; at < end; at++) {
      bytes[at] += paeth(bytes[at - step], bytes[at - up], bytes[at - up - step]);
    }
  }
};

/**
 * Copies the values of a row to their places.
 * @param target [height, width, channels]
 */
const placeRow = (
  bytes: Uint8Array,
  row: number,
  { pass: [column, , columnStep], columns }: PassShape,
  target: Uint8Array | Uint16Array,
  targetRow: number,
  header: PngHeader,
): void => {
  const { width, bitDepth } = header;
  const channels = channelCount(header);
  if (bitDepth === 8 && columnStep === 1) {
    target.set(bytes.subarray(row, row + columns * channels), targetRow * width * channels);
    return;
  }
  const mask = 2 ** bitDepth - 1;
  for (let x = 0; x < columns; x++) {
    const to = (targetRow * width + column + x * columnStep) * channels;
    const from = x * channels;
    for (let channel = 0; channel < channels; channel++) {
      const index = from + channel;
      if (bitDepth === 8) target[to + channel] = bytes[row + index];
      else if (bitDepth === 16)
        target[to + channel] = (bytes[row + 2 * index] << 8) | bytes[row + 2 * index + 1];
      else {
        const bit = index * bitDepth;
        target[to + channel] = (bytes[row + (bit >> 3)] >> (8 - bitDepth - (bit & 7))) & mask;
      }
    }
  }
};

/**
 * Returns the stored values of a PNG, one per element.
 * @returns [height, width, channels], 0 to 2^bitDepth - 1
 * @throws ResiduaError `unreadable-image` if the data is damaged, or of another size than the header announces
 */
export const readPngValues = (png: PngChunks): Uint8Array | Uint16Array => {
  const shapes = shapesOf(png);
  const bytes = inflate(
    png.data,
    shapes.reduce((total, { rows, rowBytes }) => total + rows * (rowBytes + 1), 0),
  );
  const count = png.width * png.height * channelCount(png);
  const values = png.bitDepth === 16 ? new Uint16Array(count) : new Uint8Array(count);
  const step = Math.max(1, (channelCount(png) * png.bitDepth) / 8);
  let row = 1;
  for (const shape of shapes) {
    for (let y = 0; y < shape.rows; y++, row += shape.rowBytes + 1) {
      unfilterRow(bytes, row, y === 0 ? -1 : row - shape.rowBytes - 1, shape.rowBytes, step);
      placeRow(bytes, row, shape, values, shape.pass[1] + y * shape.pass[3], png);
    }
  }
  return values;
};
