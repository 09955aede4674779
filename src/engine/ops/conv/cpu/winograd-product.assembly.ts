/**
 * 3x3 convolutions with stride 1 by Winograd's F(4x4, 3x3), with a quarter of the multiplications: tiles of 4x4 pixels are
 * transformed into 36 planes, multiplied plane by plane, and transformed back. See `winograd-tiles.assembly.ts`.
 */
import { copyPatch } from './copy-patch.assembly.ts';
import { tileOfEight } from './product-tiles.assembly.ts';
import { sumOverRows } from './sum-tiles.assembly.ts';
import { planeGapBytes } from './winograd-filter.assembly.ts';
import {
  planeBytes,
  temporaryBytes,
  transformGradient,
  transformInput,
  transformOutput,
} from './winograd-tiles.assembly.ts';

/** `winograd-product.ts` writes the same order. */
@unmanaged
class WinogradArguments {
  source: usize;
  /** 36 planes of [channels, columns of the result]; for a filter's gradient, dy as [N, H, W, columns]. */
  other: usize;
  result: usize;
  rows: i32;
  pixels: i32;
  channels: i32;
  /** Channels of the result, or of dy; a multiple of eight. `channels` is a multiple of four. */
  columns: i32;
  /** Number of tiles of an image, along a row and in total. */
  rowTiles: i32;
  imageTiles: i32;
  /** Total number of tiles of all images. */
  tiles: i32;
  tilesPerChunk: i32;
  tileBlocks: i32;
  /** Number of tiles that the planes hold at once. */
  tilesPerStep: i32;
  channelsPerChunk: i32;
  channelBlocks: i32;
  columnsPerChunk: i32;
  columnBlocks: i32;
}

/** Transforms some channels of some tiles into planes, [36, count, channels]. */
function gatherTiles(
  given: WinogradArguments,
  firstTile: i32,
  count: i32,
  firstChannel: i32,
  channels: i32,
  planes: usize,
  patch: usize,
  temporary: usize,
): void {
  const source = given.source;
  const rows = given.rows;
  const pixels = given.pixels;
  const allChannels = given.channels;
  const rowTiles = given.rowTiles;
  const imageTiles = given.imageTiles;
  const pixelBytes = (<usize>allChannels) << 2;
  const rowBytes = <usize>pixels * pixelBytes;
  const imageBytes = <usize>rows * rowBytes;
  const tileBytes = (<usize>channels) << 2;
  const channelBytes = (<usize>firstChannel) << 2;
  let target = planes;
  for (let tile = firstTile; tile < firstTile + count; tile++) {
    const image = tile / imageTiles;
    const inImage = tile - image * imageTiles;
    const tileRow = inImage / rowTiles;
    const row = (tileRow << 2) - 1;
    const pixel = ((inImage - tileRow * rowTiles) << 2) - 1;
    const from = source + <usize>image * imageBytes;
    if (row >= 0 && pixel >= 0 && row + 6 <= rows && pixel + 6 <= pixels) {
      const corner = from + <usize>row * rowBytes + <usize>pixel * pixelBytes + channelBytes;
      transformInput(corner, rowBytes, pixelBytes, channels, target, temporary);
    } else {
      copyPatch(patch, from, rows, pixels, allChannels, row, pixel, 6, 6);
      transformInput(patch + channelBytes, 6 * pixelBytes, pixelBytes, channels, target, temporary);
    }
    target += tileBytes;
  }
}

/** Computes y from x and a filter. A chunk covers some tiles and some columns. */
export function runWinogradProduct(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<WinogradArguments>(address);
  const channels = given.channels;
  const columns = given.columns;
  const rows = given.rows;
  const pixels = given.pixels;
  const rowTiles = given.rowTiles;
  const imageTiles = given.imageTiles;
  const result = given.result;
  const firstColumn = (chunk % given.columnBlocks) * given.columnsPerChunk;
  const chunkColumns = min(given.columnsPerChunk, columns - firstColumn);
  const firstOfChunk = (chunk / given.columnBlocks) * given.tilesPerChunk;
  const lastOfChunk = min(firstOfChunk + given.tilesPerChunk, given.tiles);
  const channelBytes = (<usize>channels) << 2;
  const columnBytes = (<usize>columns) << 2;
  const chunkColumnBytes = (<usize>chunkColumns) << 2;
  const filter = given.other + ((<usize>firstColumn) << 2);
  const filterPlaneBytes = channelBytes * <usize>columns + planeGapBytes;
  const patch = scratch + temporaryBytes;
  const planes = patch + 36 * channelBytes;
  const products = planes + 36 * planeBytes;
  for (let first = firstOfChunk; first < lastOfChunk; first += given.tilesPerStep) {
    const count = min(given.tilesPerStep, lastOfChunk - first);
    gatherTiles(given, first, count, 0, channels, planes, patch, scratch);
    for (let plane = 0; plane < 36; plane++) {
      const planeA = planes + <usize>plane * planeBytes;
      const planeB = filter + <usize>plane * filterPlaneBytes;
      const planeY = products + <usize>plane * planeBytes;
      for (let column: usize = 0; column < chunkColumnBytes; column += 32) {
        const b = planeB + column;
        let a = planeA;
        let y = planeY + column;
        for (let left = count; left > 0; left -= 4) {
          const one = left > 1 ? 1 : 0;
          const two = left > 2 ? 2 : one;
          const three = left > 3 ? 3 : two;
          tileOfEight(
            a,
            a + <usize>one * channelBytes,
            a + <usize>two * channelBytes,
            a + <usize>three * channelBytes,
            1,
            channels,
            0,
            b,
            columnBytes,
            0,
            y,
            y + <usize>one * chunkColumnBytes,
            y + <usize>two * chunkColumnBytes,
            y + <usize>three * chunkColumnBytes,
            8,
          );
          a += channelBytes << 2;
          y += chunkColumnBytes << 2;
        }
      }
    }
    for (let index = 0; index < count; index++) {
      const tile = first + index;
      const image = tile / imageTiles;
      const inImage = tile - image * imageTiles;
      const row = (inImage / rowTiles) << 2;
      const pixel = (inImage % rowTiles) << 2;
      transformOutput(
        products + <usize>index * chunkColumnBytes,
        chunkColumns,
        result + ((<usize>(((image * rows + row) * pixels + pixel) * columns + firstColumn)) << 2),
        <usize>pixels * columnBytes,
        columnBytes,
        min(rows - row, 4),
        min(pixels - pixel, 4),
        scratch,
      );
    }
  }
}

/** Computes the planes of a filter's gradient, [blocks of tiles, 36, channels, columns], from x and dy. */
export function runWinogradSums(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<WinogradArguments>(address);
  const channels = given.channels;
  const columns = given.columns;
  const rows = given.rows;
  const pixels = given.pixels;
  const rowTiles = given.rowTiles;
  const imageTiles = given.imageTiles;
  const firstColumn = (chunk % given.columnBlocks) * given.columnsPerChunk;
  const chunkColumns = min(given.columnsPerChunk, columns - firstColumn);
  const rest = chunk / given.columnBlocks;
  const firstChannel = (rest % given.channelBlocks) * given.channelsPerChunk;
  const chunkChannels = min(given.channelsPerChunk, channels - firstChannel);
  const block = rest / given.channelBlocks;
  const first = block * given.tilesPerChunk;
  const count = min(given.tilesPerChunk, given.tiles - first);
  const columnBytes = (<usize>columns) << 2;
  const patch = scratch + temporaryBytes;
  const planes = patch + 36 * ((<usize>max(channels, columns)) << 2);
  gatherTiles(given, first, count, firstChannel, chunkChannels, planes, patch, scratch);

  const tileBytes = (<usize>chunkChannels) << 2;
  const gradients = planes + 36 * planeBytes;
  const gradientTileBytes = (<usize>chunkColumns) << 2;
  const rowBytes = <usize>pixels * columnBytes;
  const columnOffset = (<usize>firstColumn) << 2;
  for (let index = 0; index < count; index++) {
    const tile = first + index;
    const image = tile / imageTiles;
    const inImage = tile - image * imageTiles;
    const row = (inImage / rowTiles) << 2;
    const pixel = (inImage % rowTiles) << 2;
    const from = given.other + <usize>image * <usize>rows * rowBytes;
    const to = gradients + <usize>index * gradientTileBytes;
    if (row + 4 <= rows && pixel + 4 <= pixels) {
      const corner = from + <usize>row * rowBytes + <usize>pixel * columnBytes + columnOffset;
      transformGradient(corner, rowBytes, columnBytes, chunkColumns, to, scratch);
    } else {
      copyPatch(patch, from, rows, pixels, columns, row, pixel, 4, 4);
      transformGradient(patch + columnOffset, columnBytes << 2, columnBytes, chunkColumns, to, scratch);
    }
  }

  const resultPlaneBytes = <usize>channels * columnBytes + planeGapBytes;
  const result =
    given.result + <usize>(36 * block) * resultPlaneBytes + <usize>firstChannel * columnBytes + columnOffset;
  for (let plane = 0; plane < 36; plane++) {
    const planeA = planes + <usize>plane * planeBytes;
    const planeB = gradients + <usize>plane * planeBytes;
    const planeY = result + <usize>plane * resultPlaneBytes;
    for (let column: usize = 0; column < gradientTileBytes; column += 32) {
      for (let channel = 0; channel < chunkChannels; channel += 4) {
        sumOverRows(
          planeA + ((<usize>channel) << 2),
          planeB + column,
          1,
          1,
          count,
          tileBytes,
          0,
          0,
          gradientTileBytes,
          0,
          0,
          planeY + <usize>channel * columnBytes + column,
          columnBytes,
          4,
          8,
        );
      }
    }
  }
}
