/**
 * The gradient of a filter: the product of the pixels under each tap and the gradient's pixels, summed over
 * all pixels. The pixels are cut into blocks. The sums of each block form a separate tensor;
 * `sum-partials.assembly.ts` adds these tensors.
 *
 * Two algorithms exist. `runFilterPatches` copies a block of images with zeros around it.
 * `runFilterPositions` lists the pixels that each tap reaches inside the image: it multiplies no zeros, but
 * reads an address for each pixel.
 */
import { copyPatch } from './copy-patch.assembly.ts';
import { sumOverPairs, sumOverPairsOfFour, sumOverRows, sumOverRowsOfFour } from './sum-tiles.assembly.ts';

/** `filter-product.ts` writes the same order. */
@unmanaged
class FilterArguments {
  source: usize;
  gradient: usize;
  /** [blocks of pixels, tap rows, tap columns, channels, gradient channels] */
  result: usize;
  batch: i32;
  rows: i32;
  columns: i32;
  channels: i32;
  gradientRows: i32;
  gradientColumns: i32;
  gradientChannels: i32;
  tapRows: i32;
  tapColumns: i32;
  step: i32;
  padRows: i32;
  padColumns: i32;
  imagesPerBlock: i32;
  rowsPerBlock: i32;
  rowBlocks: i32;
  columnsPerBlock: i32;
  columnBlocks: i32;
  tapsPerChunk: i32;
  tapBlocks: i32;
  /** Number of tiles, of four channels each, per chunk. */
  tilesPerChunk: i32;
  tileBlocks: i32;
  panelsPerChunk: i32;
  panelBlocks: i32;
}

/** Copies the gradient's pixels, and adds zero columns until each pixel is a whole number of vectors. */
function copyPadded(target: usize, source: usize, pixels: i32, channels: i32, padded: i32): void {
  let to = target;
  let from = source;
  for (let pixel = pixels; pixel > 0; pixel--) {
    for (let channel = 0; channel < padded; channel++) {
      let value: f32 = 0;
      if (channel < channels) {
        value = load<f32>(from);
        from += 4;
      }
      store<f32>(to, value);
      to += 4;
    }
  }
}

/** A chunk processes some tap rows of the filter, with all their tap columns. */
export function runFilterPatches(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<FilterArguments>(address);
  const channels = given.channels;
  const rows = given.rows;
  const columns = given.columns;
  const gradientRows = given.gradientRows;
  const gradientColumns = given.gradientColumns;
  const gradientChannels = given.gradientChannels;
  const step = given.step;
  const tapColumns = given.tapColumns;

  const firstPanel = (chunk % given.panelBlocks) * given.panelsPerChunk;
  let rest = chunk / given.panelBlocks;
  const firstTile = (rest % given.tileBlocks) * given.tilesPerChunk;
  rest /= given.tileBlocks;
  const firstTap = (rest % given.tapBlocks) * given.tapsPerChunk;
  const block = rest / given.tapBlocks;
  const firstColumn = (block % given.columnBlocks) * given.columnsPerBlock;
  rest = block / given.columnBlocks;
  const firstRow = (rest % given.rowBlocks) * given.rowsPerBlock;
  const firstImage = (rest / given.rowBlocks) * given.imagesPerBlock;
  const images = min(given.imagesPerBlock, given.batch - firstImage);
  const pixelRows = min(given.rowsPerBlock, gradientRows - firstRow);
  const pixelColumns = min(given.columnsPerBlock, gradientColumns - firstColumn);
  const lastTap = min(firstTap + given.tapsPerChunk, given.tapRows);

  const run = tapColumns * channels;
  const sourceRow = firstRow * step + firstTap - given.padRows;
  const sourceColumn = firstColumn * step - given.padColumns;
  const patchRows = (pixelRows - 1) * step + lastTap - firstTap;
  let patchColumns = (pixelColumns - 1) * step + tapColumns;
  let patchImageBytes = (<usize>(patchRows * patchColumns * channels)) << 2;
  const sourceImageBytes = (<usize>(rows * columns * channels)) << 2;
  let patch = scratch;
  let free = scratch;
  // A tile reads four channels even if the run has fewer, and only a copy is certain to have memory after its
  // end.
  if (
    run >= 4 &&
    sourceRow >= 0 &&
    sourceColumn >= 0 &&
    sourceRow + patchRows <= rows &&
    sourceColumn + patchColumns <= columns
  ) {
    patch =
      given.source +
      <usize>firstImage * sourceImageBytes +
      ((<usize>((sourceRow * columns + sourceColumn) * channels)) << 2);
    patchColumns = columns;
    patchImageBytes = sourceImageBytes;
  } else {
    for (let image = firstImage; image < firstImage + images; image++) {
      copyPatch(
        free,
        given.source + <usize>image * sourceImageBytes,
        rows,
        columns,
        channels,
        sourceRow,
        sourceColumn,
        patchRows,
        patchColumns,
      );
      free += patchImageBytes;
    }
    free = (free + 31) & ~15;
  }

  let gradientPixel = (<usize>gradientChannels) << 2;
  let gradientRowBytes = <usize>gradientColumns * gradientPixel;
  let gradientImage = <usize>gradientRows * gradientRowBytes;
  let gradient =
    given.gradient +
    <usize>firstImage * gradientImage +
    <usize>firstRow * gradientRowBytes +
    <usize>firstColumn * gradientPixel;
  if ((gradientChannels & 3) !== 0) {
    const padded = (gradientChannels + 7) & ~7;
    let target = free;
    for (let image = 0; image < images; image++) {
      for (let row = 0; row < pixelRows; row++) {
        copyPadded(
          target,
          gradient + <usize>image * gradientImage + <usize>row * gradientRowBytes,
          pixelColumns,
          gradientChannels,
          padded,
        );
        target += (<usize>(pixelColumns * padded)) << 2;
      }
    }
    gradient = free;
    gradientPixel = (<usize>padded) << 2;
    gradientRowBytes = <usize>pixelColumns * gradientPixel;
    gradientImage = <usize>pixelRows * gradientRowBytes;
  }

  const aPixel = (<usize>(step * channels)) << 2;
  const patchRowBytes = (<usize>(patchColumns * channels)) << 2;
  const aRow = <usize>step * patchRowBytes - <usize>pixelColumns * aPixel;
  const aImage = patchImageBytes - <usize>(pixelRows * step) * patchRowBytes;
  const bRow = gradientRowBytes - <usize>pixelColumns * gradientPixel;
  const bImage = gradientImage - <usize>pixelRows * gradientRowBytes;
  const resultRowBytes = (<usize>gradientChannels) << 2;
  const result = given.result + <usize>(block * given.tapRows * run) * resultRowBytes;
  const storedRows = min(run, 4);
  const lastTile = min(firstTile + given.tilesPerChunk, (run + 3) >> 2);
  const lastPanel = min(firstPanel + given.panelsPerChunk, (gradientChannels + 7) >> 3);
  for (let tap = firstTap; tap < lastTap; tap++) {
    const tapPatch = patch + <usize>(tap - firstTap) * patchRowBytes;
    for (let panel = firstPanel; panel < lastPanel; panel++) {
      const left = gradientChannels - (panel << 3);
      const b = gradient + ((<usize>panel) << 5);
      for (let tile = firstTile; tile < lastTile; tile++) {
        // The last tile overlaps the previous tile if the run is not a multiple of four.
        const channel = max(min(tile << 2, run - 4), 0);
        const a = tapPatch + ((<usize>channel) << 2);
        const target = result + <usize>(tap * run + channel) * resultRowBytes + ((<usize>panel) << 5);
        if (left > 4) {
          sumOverRows(
            a,
            b,
            images,
            pixelRows,
            pixelColumns,
            aPixel,
            aRow,
            aImage,
            gradientPixel,
            bRow,
            bImage,
            target,
            resultRowBytes,
            storedRows,
            left,
          );
        } else {
          sumOverRowsOfFour(
            a,
            b,
            images,
            pixelRows,
            pixelColumns,
            aPixel,
            aRow,
            aImage,
            gradientPixel,
            bRow,
            bImage,
            target,
            resultRowBytes,
            storedRows,
            left,
          );
        }
      }
    }
  }
}

/**
 * A chunk processes some taps. There is one block of pixels. x has at least four channels; dy has a multiple
 * of four.
 */
export function runFilterPositions(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<FilterArguments>(address);
  const channels = given.channels;
  const rows = given.rows;
  const columns = given.columns;
  const gradientRows = given.gradientRows;
  const gradientColumns = given.gradientColumns;
  const gradientChannels = given.gradientChannels;
  const step = given.step;
  const tapColumns = given.tapColumns;
  const batch = given.batch;
  const source = given.source;
  const gradient = given.gradient;

  const firstPanel = (chunk % given.panelBlocks) * given.panelsPerChunk;
  let rest = chunk / given.panelBlocks;
  const firstTile = (rest % given.tileBlocks) * given.tilesPerChunk;
  rest /= given.tileBlocks;
  const firstTap = rest * given.tapsPerChunk;
  const lastTap = min(firstTap + given.tapsPerChunk, given.tapRows * tapColumns);
  const resultRowBytes = (<usize>gradientChannels) << 2;
  const lastTile = min(firstTile + given.tilesPerChunk, (channels + 3) >> 2);
  const lastPanel = min(firstPanel + given.panelsPerChunk, (gradientChannels + 7) >> 3);
  for (let tap = firstTap; tap < lastTap; tap++) {
    const rowShift = tap / tapColumns - given.padRows;
    const columnShift = (tap % tapColumns) - given.padColumns;
    let pairs = scratch;
    for (let image = 0; image < batch; image++) {
      for (let pixelRow = 0; pixelRow < gradientRows; pixelRow++) {
        const row = pixelRow * step + rowShift;
        if (row < 0 || row >= rows) continue;
        for (let pixelColumn = 0; pixelColumn < gradientColumns; pixelColumn++) {
          const column = pixelColumn * step + columnShift;
          if (column < 0 || column >= columns) continue;
          const pixel = (image * rows + row) * columns + column;
          const gradientPixel = (image * gradientRows + pixelRow) * gradientColumns + pixelColumn;
          store<usize>(pairs, source + ((<usize>(pixel * channels)) << 2));
          store<usize>(pairs, gradient + ((<usize>(gradientPixel * gradientChannels)) << 2), 4);
          pairs += 8;
        }
      }
    }
    const count = <i32>((pairs - scratch) >> 3);
    const result = given.result + <usize>(tap * channels) * resultRowBytes;
    for (let panel = firstPanel; panel < lastPanel; panel++) {
      const left = gradientChannels - (panel << 3);
      const b = (<usize>panel) << 5;
      for (let tile = firstTile; tile < lastTile; tile++) {
        const channel = min(tile << 2, channels - 4);
        const a = (<usize>channel) << 2;
        const target = result + <usize>channel * resultRowBytes + b;
        if (left > 4) sumOverPairs(scratch, count, a, b, target, resultRowBytes, left);
        else sumOverPairsOfFour(scratch, count, a, b, target, resultRowBytes);
      }
    }
  }
}
