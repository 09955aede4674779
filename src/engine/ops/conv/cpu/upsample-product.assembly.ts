/** Upsampling convolutions by nine planes; see `upsample-tiles.assembly.ts`. */
import { copyPatch } from './copy-patch.assembly.ts';
import { tileOfEight } from './product-tiles.assembly.ts';
import { sumOverRows } from './sum-tiles.assembly.ts';
import { planeBytes, transformEnlarged, transformLarge, transformSmall } from './upsample-tiles.assembly.ts';

const planes: i32 = 9;

/** `upsample-product.ts` writes the same order. */
@unmanaged
class UpsampleArguments {
  /** x in the forward direction, otherwise dy. */
  source: usize;
  /** Nine planes of [channels, columns]; for the filter's gradient, x as [N, H, W, columns]. */
  other: usize;
  result: usize;
  /** Rows of the small image. */
  rows: i32;
  pixels: i32;
  /** Channels of the source; a multiple of eight, like `columns`. */
  channels: i32;
  /** Channels of the result, or of x. */
  columns: i32;
  /** Total number of pixels of all small images. */
  allPixels: i32;
  pixelsPerChunk: i32;
  /** Number of pixels that the planes hold at once. */
  pixelsPerStep: i32;
  channelsPerChunk: i32;
  channelBlocks: i32;
  columnsPerChunk: i32;
  columnBlocks: i32;
}

/** Transforms all channels of some pixels of x into planes. */
function gatherSmall(given: UpsampleArguments, first: i32, count: i32, target: usize, patch: usize): void {
  const rows = given.rows;
  const pixels = given.pixels;
  const channels = given.channels;
  const source = given.source;
  const pixelBytes = (<usize>channels) << 2;
  const rowBytes = <usize>pixels * pixelBytes;
  const imagePixels = rows * pixels;
  let to = target;
  for (let index = first; index < first + count; index++) {
    const image = index / imagePixels;
    const inImage = index - image * imagePixels;
    const row = inImage / pixels - 1;
    const pixel = (inImage % pixels) - 1;
    const from = source + <usize>(image * rows) * rowBytes;
    if (row >= 0 && pixel >= 0 && row + 3 <= rows && pixel + 3 <= pixels) {
      transformSmall(
        from + <usize>row * rowBytes + <usize>pixel * pixelBytes,
        rowBytes,
        pixelBytes,
        channels,
        to,
      );
    } else {
      copyPatch(patch, from, rows, pixels, channels, row, pixel, 3, 3);
      transformSmall(patch, 3 * pixelBytes, pixelBytes, channels, to);
    }
    to += pixelBytes;
  }
}

/** Transforms some channels of dy into planes, for some pixels of the small image. */
function gatherLarge(
  given: UpsampleArguments,
  first: i32,
  count: i32,
  firstChannel: i32,
  channels: i32,
  target: usize,
  patch: usize,
): void {
  const rows = given.rows;
  const pixels = given.pixels;
  const allChannels = given.channels;
  const source = given.source;
  const pixelBytes = (<usize>allChannels) << 2;
  const rowBytes = <usize>(2 * pixels) * pixelBytes;
  const imagePixels = rows * pixels;
  const channelBytes = (<usize>firstChannel) << 2;
  let to = target;
  for (let index = first; index < first + count; index++) {
    const image = index / imagePixels;
    const inImage = index - image * imagePixels;
    const row = 2 * (inImage / pixels) - 1;
    const pixel = 2 * (inImage % pixels) - 1;
    const from = source + <usize>(image * 2 * rows) * rowBytes;
    if (row >= 0 && pixel >= 0 && row + 4 <= 2 * rows && pixel + 4 <= 2 * pixels) {
      const corner = from + <usize>row * rowBytes + <usize>pixel * pixelBytes + channelBytes;
      transformLarge(corner, rowBytes, pixelBytes, channels, to);
    } else {
      copyPatch(patch, from, 2 * rows, 2 * pixels, allChannels, row, pixel, 4, 4);
      transformLarge(patch + channelBytes, 4 * pixelBytes, pixelBytes, channels, to);
    }
    to += (<usize>channels) << 2;
  }
}

/** Multiplies four pixels at a time by some columns, in one plane or in several planes that are summed. */
function multiply(
  pixels: usize,
  count: i32,
  channels: i32,
  runs: i32,
  filter: usize,
  filterRowBytes: usize,
  result: usize,
  resultRowBytes: usize,
  columns: i32,
): void {
  const channelBytes = (<usize>channels) << 2;
  for (let column: usize = 0; column < (<usize>columns) << 2; column += 32) {
    let a = pixels;
    let y = result + column;
    for (let left = count; left > 0; left -= 4) {
      const one = left > 1 ? 1 : 0;
      const two = left > 2 ? 2 : one;
      const three = left > 3 ? 3 : two;
      tileOfEight(
        a,
        a + <usize>one * channelBytes,
        a + <usize>two * channelBytes,
        a + <usize>three * channelBytes,
        runs,
        channels,
        planeBytes - channelBytes,
        filter + column,
        filterRowBytes,
        0,
        y,
        y + <usize>one * resultRowBytes,
        y + <usize>two * resultRowBytes,
        y + <usize>three * resultRowBytes,
        8,
      );
      a += channelBytes << 2;
      y += resultRowBytes << 2;
    }
  }
}

/** Computes y from x and a filter. A chunk covers some pixels and some columns. */
export function runUpsampleProduct(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<UpsampleArguments>(address);
  const channels = given.channels;
  const columns = given.columns;
  const pixels = given.pixels;
  const firstColumn = (chunk % given.columnBlocks) * given.columnsPerChunk;
  const chunkColumns = min(given.columnsPerChunk, columns - firstColumn);
  const firstOfChunk = (chunk / given.columnBlocks) * given.pixelsPerChunk;
  const lastOfChunk = min(firstOfChunk + given.pixelsPerChunk, given.allPixels);
  const columnBytes = (<usize>columns) << 2;
  const chunkColumnBytes = (<usize>chunkColumns) << 2;
  const filter = given.other + ((<usize>firstColumn) << 2);
  const filterPlaneBytes = <usize>channels * columnBytes;
  const result = given.result + ((<usize>firstColumn) << 2);
  const rowBytes = <usize>(2 * pixels) * columnBytes;
  const source = scratch + ((<usize>channels) << 6);
  const products = source + <usize>planes * planeBytes;
  for (let first = firstOfChunk; first < lastOfChunk; first += given.pixelsPerStep) {
    const count = min(given.pixelsPerStep, lastOfChunk - first);
    gatherSmall(given, first, count, source, scratch);
    for (let plane = 0; plane < planes; plane++) {
      multiply(
        source + <usize>plane * planeBytes,
        count,
        channels,
        1,
        filter + <usize>plane * filterPlaneBytes,
        columnBytes,
        products + <usize>plane * planeBytes,
        chunkColumnBytes,
        chunkColumns,
      );
    }
    for (let index = 0; index < count; index++) {
      const pixel = first + index;
      // The rows of all small images are contiguous.
      const row = pixel / pixels;
      transformEnlarged(
        products + <usize>index * chunkColumnBytes,
        chunkColumns,
        result + <usize>(2 * row) * rowBytes + <usize>(2 * (pixel - row * pixels)) * columnBytes,
        rowBytes,
        columnBytes,
      );
    }
  }
}

/** Computes dx from dy and a filter. A chunk covers some pixels and some columns. */
export function runUpsampleInputGradient(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<UpsampleArguments>(address);
  const channels = given.channels;
  const columns = given.columns;
  const firstColumn = (chunk % given.columnBlocks) * given.columnsPerChunk;
  const chunkColumns = min(given.columnsPerChunk, columns - firstColumn);
  const firstOfChunk = (chunk / given.columnBlocks) * given.pixelsPerChunk;
  const lastOfChunk = min(firstOfChunk + given.pixelsPerChunk, given.allPixels);
  const columnBytes = (<usize>columns) << 2;
  const filter = given.other + ((<usize>firstColumn) << 2);
  const result = given.result + ((<usize>firstColumn) << 2);
  const source = scratch + ((<usize>channels) << 6);
  for (let first = firstOfChunk; first < lastOfChunk; first += given.pixelsPerStep) {
    const count = min(given.pixelsPerStep, lastOfChunk - first);
    gatherLarge(given, first, count, 0, channels, source, scratch);
    const target = result + <usize>first * columnBytes;
    multiply(source, count, channels, planes, filter, columnBytes, target, columnBytes, chunkColumns);
  }
}

/** Computes the planes of a filter's gradient, [blocks of pixels, 9, channels, columns], from dy and x. */
export function runUpsampleSums(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<UpsampleArguments>(address);
  const channels = given.channels;
  const columns = given.columns;
  const firstColumn = (chunk % given.columnBlocks) * given.columnsPerChunk;
  const chunkColumns = min(given.columnsPerChunk, columns - firstColumn);
  const rest = chunk / given.columnBlocks;
  const firstChannel = (rest % given.channelBlocks) * given.channelsPerChunk;
  const chunkChannels = min(given.channelsPerChunk, channels - firstChannel);
  const block = rest / given.channelBlocks;
  const first = block * given.pixelsPerChunk;
  const count = min(given.pixelsPerChunk, given.allPixels - first);
  const columnBytes = (<usize>columns) << 2;
  const channelBytes = (<usize>chunkChannels) << 2;
  const source = scratch + ((<usize>channels) << 6);
  gatherLarge(given, first, count, firstChannel, chunkChannels, source, scratch);
  const x = given.other + <usize>first * columnBytes + ((<usize>firstColumn) << 2);
  const resultPlaneBytes = <usize>channels * columnBytes;
  const result =
    given.result +
    <usize>(block * planes) * resultPlaneBytes +
    <usize>firstChannel * columnBytes +
    ((<usize>firstColumn) << 2);
  for (let plane = 0; plane < planes; plane++) {
    const a = source + <usize>plane * planeBytes;
    const target = result + <usize>plane * resultPlaneBytes;
    for (let column: usize = 0; column < (<usize>chunkColumns) << 2; column += 32) {
      for (let channel = 0; channel < chunkChannels; channel += 4) {
        sumOverRows(
          a + ((<usize>channel) << 2),
          x + column,
          1,
          1,
          count,
          channelBytes,
          0,
          0,
          columnBytes,
          0,
          0,
          target + <usize>channel * columnBytes + column,
          columnBytes,
          4,
          8,
        );
      }
    }
  }
}
