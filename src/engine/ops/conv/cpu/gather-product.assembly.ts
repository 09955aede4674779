/**
 * A convolution in a gathering direction: each pixel of the result is the product of a rectangle of the
 * source and a filter. The result's pixels form one phase, or several phases with a filter each
 * (`gather-phases.ts`).
 *
 * Two algorithms exist. `runGatherPatches` computes four neighboring pixels at once from a copy of some rows
 * of one image with zeros around them. `runGatherPositions` computes the same pixel of four images at once,
 * directly from the source, without the taps beyond the edge. That saves multiplications if images are small,
 * but needs four images.
 */
import { copyPatch } from './copy-patch.assembly.ts';
import { tileOfEight, tileOfFour } from './product-tiles.assembly.ts';

/** `gather-product.ts` writes the same order. */
@unmanaged
class GatherArguments {
  source: usize;
  filter: usize;
  result: usize;
  batch: i32;
  rows: i32;
  columns: i32;
  channels: i32;
  resultRows: i32;
  resultColumns: i32;
  resultChannels: i32;
  /** Distance in the source, in pixels, from one pixel of a phase to the next. */
  step: i32;
  /** Distance in the result, in pixels, from one pixel of a phase to the next. */
  resultStep: i32;
  /** Distance from one row of the filter to the next. */
  filterRowBytes: usize;
  imagesPerChunk: i32;
  imageBlocks: i32;
  rowsPerChunk: i32;
  rowBlocks: i32;
  columnsPerChunk: i32;
  columnBlocks: i32;
  panelsPerChunk: i32;
  panelBlocks: i32;
}

@unmanaged
class GatherPhase {
  filterOffset: usize;
  /** Distance from eight columns of the filter to the next eight. */
  panelBytes: usize;
  /** Row distance in the last panel, which is smaller if at most four columns remain. */
  lastRowBytes: usize;
  tapRows: i32;
  tapColumns: i32;
  /** Position in the source of the rectangle for the phase's first pixel. */
  firstRow: i32;
  firstColumn: i32;
  /** Position of the phase's first pixel in the result. */
  resultRow: i32;
  resultColumn: i32;
  gridRows: i32;
  gridColumns: i32;
}

export function runGatherPatches(address: usize, chunk: i32, scratch: usize): void {
  const given = changetype<GatherArguments>(address);
  const channels = given.channels;
  const rows = given.rows;
  const columns = given.columns;
  const resultColumns = given.resultColumns;
  const resultChannels = given.resultChannels;
  const step = given.step;
  const resultStep = given.resultStep;
  const filterRowBytes = given.filterRowBytes;

  const firstPanel = (chunk % given.panelBlocks) * given.panelsPerChunk;
  let rest = chunk / given.panelBlocks;
  const gridColumn = (rest % given.columnBlocks) * given.columnsPerChunk;
  rest /= given.columnBlocks;
  const gridRow = (rest % given.rowBlocks) * given.rowsPerChunk;
  rest /= given.rowBlocks;
  const image = rest % given.imageBlocks;
  const phase = changetype<GatherPhase>(
    address + offsetof<GatherArguments>() + <usize>(rest / given.imageBlocks) * offsetof<GatherPhase>(),
  );
  const pixelRows = min(given.rowsPerChunk, phase.gridRows - gridRow);
  const pixelColumns = min(given.columnsPerChunk, phase.gridColumns - gridColumn);
  if (pixelRows <= 0 || pixelColumns <= 0) return;

  const tapRows = phase.tapRows;
  const tapColumns = phase.tapColumns;
  const firstRow = gridRow * step + phase.firstRow;
  const firstColumn = gridColumn * step + phase.firstColumn;
  const patchRows = (pixelRows - 1) * step + tapRows;
  let patchColumns = (pixelColumns - 1) * step + tapColumns;
  const imageSource = given.source + ((<usize>(image * rows * columns * channels)) << 2);
  let patch = scratch;
  if (
    firstRow >= 0 &&
    firstColumn >= 0 &&
    firstRow + patchRows <= rows &&
    firstColumn + patchColumns <= columns
  ) {
    patch = imageSource + ((<usize>((firstRow * columns + firstColumn) * channels)) << 2);
    patchColumns = columns;
  } else if (tapRows > 0 && tapColumns > 0) {
    copyPatch(patch, imageSource, rows, columns, channels, firstRow, firstColumn, patchRows, patchColumns);
  }

  const pixelBytes = (<usize>(step * channels)) << 2;
  const patchRowBytes = (<usize>(step * patchColumns * channels)) << 2;
  const run = tapColumns * channels;
  const runBack = (<usize>(patchColumns * channels - run)) << 2;
  const resultPixelBytes = (<usize>(resultStep * resultChannels)) << 2;
  const resultRowBytes = (<usize>(resultStep * resultColumns * resultChannels)) << 2;
  const result =
    given.result +
    ((<usize>(
      (((image * given.resultRows + gridRow * resultStep + phase.resultRow) * resultColumns +
        gridColumn * resultStep +
        phase.resultColumn) *
        resultChannels)
    )) <<
      2);
  const filter = given.filter + phase.filterOffset;
  const panelBytes = phase.panelBytes;
  const lastRowBytes = phase.lastRowBytes;
  const panels = min(firstPanel + given.panelsPerChunk, (resultChannels + 7) >> 3);
  for (let panel = firstPanel; panel < panels; panel++) {
    const left = resultChannels - (panel << 3);
    const b = filter + <usize>panel * panelBytes;
    const panelResult = result + ((<usize>panel) << 5);
    let row = 0;
    let column = 0;
    let a = patch;
    let y = panelResult;
    for (let pixel = pixelRows * pixelColumns; pixel > 0; pixel -= 4) {
      const a0 = a;
      const y0 = y;
      if (pixel > 1) {
        column++;
        a += pixelBytes;
        y += resultPixelBytes;
        if (column === pixelColumns) {
          column = 0;
          row++;
          a = patch + <usize>row * patchRowBytes;
          y = panelResult + <usize>row * resultRowBytes;
        }
      }
      const a1 = a;
      const y1 = y;
      if (pixel > 2) {
        column++;
        a += pixelBytes;
        y += resultPixelBytes;
        if (column === pixelColumns) {
          column = 0;
          row++;
          a = patch + <usize>row * patchRowBytes;
          y = panelResult + <usize>row * resultRowBytes;
        }
      }
      const a2 = a;
      const y2 = y;
      if (pixel > 3) {
        column++;
        a += pixelBytes;
        y += resultPixelBytes;
        if (column === pixelColumns) {
          column = 0;
          row++;
          a = patch + <usize>row * patchRowBytes;
          y = panelResult + <usize>row * resultRowBytes;
        }
      }
      const a3 = a;
      const y3 = y;
      column++;
      a += pixelBytes;
      y += resultPixelBytes;
      if (column === pixelColumns) {
        column = 0;
        row++;
        a = patch + <usize>row * patchRowBytes;
        y = panelResult + <usize>row * resultRowBytes;
      }
      if (left > 4) {
        tileOfEight(a0, a1, a2, a3, tapRows, run, runBack, b, filterRowBytes, 0, y0, y1, y2, y3, left);
      } else {
        tileOfFour(a0, a1, a2, a3, tapRows, run, runBack, b, lastRowBytes, 0, y0, y1, y2, y3, left);
      }
    }
  }
}

export function runGatherPositions(address: usize, chunk: i32): void {
  const given = changetype<GatherArguments>(address);
  const channels = given.channels;
  const rows = given.rows;
  const columns = given.columns;
  const resultColumns = given.resultColumns;
  const resultChannels = given.resultChannels;
  const step = given.step;
  const resultStep = given.resultStep;
  const filterRowBytes = given.filterRowBytes;

  const firstPanel = (chunk % given.panelBlocks) * given.panelsPerChunk;
  let rest = chunk / given.panelBlocks;
  const firstGridColumn = (rest % given.columnBlocks) * given.columnsPerChunk;
  rest /= given.columnBlocks;
  const firstGridRow = (rest % given.rowBlocks) * given.rowsPerChunk;
  rest /= given.rowBlocks;
  const firstImage = (rest % given.imageBlocks) * given.imagesPerChunk;
  const phase = changetype<GatherPhase>(
    address + offsetof<GatherArguments>() + <usize>(rest / given.imageBlocks) * offsetof<GatherPhase>(),
  );
  const lastGridRow = min(firstGridRow + given.rowsPerChunk, phase.gridRows);
  const lastGridColumn = min(firstGridColumn + given.columnsPerChunk, phase.gridColumns);
  const lastImage = min(firstImage + given.imagesPerChunk, given.batch);

  const tapRows = phase.tapRows;
  const tapColumns = phase.tapColumns;
  const phaseFirstRow = phase.firstRow;
  const phaseFirstColumn = phase.firstColumn;
  const phaseResultRow = phase.resultRow;
  const phaseResultColumn = phase.resultColumn;
  const imageBytes = (<usize>(rows * columns * channels)) << 2;
  const resultImageBytes = (<usize>(given.resultRows * resultColumns * resultChannels)) << 2;
  const source = given.source + <usize>firstImage * imageBytes;
  const result = given.result + <usize>firstImage * resultImageBytes;
  const images = lastImage - firstImage;
  const filter = given.filter + phase.filterOffset;
  const panelBytes = phase.panelBytes;
  const lastRowBytes = phase.lastRowBytes;
  const panels = min(firstPanel + given.panelsPerChunk, (resultChannels + 7) >> 3);
  for (let panel = firstPanel; panel < panels; panel++) {
    const left = resultChannels - (panel << 3);
    const rowBytes = left > 4 ? filterRowBytes : lastRowBytes;
    for (let gridRow = firstGridRow; gridRow < lastGridRow; gridRow++) {
      const row = gridRow * step + phaseFirstRow;
      const firstTapRow = max(-row, 0);
      const runs = max(min(tapRows, rows - row) - firstTapRow, 0);
      for (let gridColumn = firstGridColumn; gridColumn < lastGridColumn; gridColumn++) {
        const column = gridColumn * step + phaseFirstColumn;
        const firstTapColumn = max(-column, 0);
        const runTaps = max(min(tapColumns, columns - column) - firstTapColumn, 0);
        const run = runTaps * channels;
        const runBack = (<usize>(columns * channels - run)) << 2;
        const rowSkip = <usize>((tapColumns - runTaps) * channels) * rowBytes;
        const b =
          filter +
          <usize>panel * panelBytes +
          <usize>((firstTapRow * tapColumns + firstTapColumn) * channels) * rowBytes;
        let a =
          source + ((<usize>(((row + firstTapRow) * columns + column + firstTapColumn) * channels)) << 2);
        let y =
          result +
          ((<usize>(
            (((gridRow * resultStep + phaseResultRow) * resultColumns +
              gridColumn * resultStep +
              phaseResultColumn) *
              resultChannels +
              (panel << 3))
          )) <<
            2);
        for (let image = images; image > 0; image -= 4) {
          const one = image > 1 ? 1 : 0;
          const two = image > 2 ? 2 : one;
          const three = image > 3 ? 3 : two;
          const a1 = a + <usize>one * imageBytes;
          const a2 = a + <usize>two * imageBytes;
          const a3 = a + <usize>three * imageBytes;
          const y1 = y + <usize>one * resultImageBytes;
          const y2 = y + <usize>two * resultImageBytes;
          const y3 = y + <usize>three * resultImageBytes;
          if (left > 4) {
            tileOfEight(a, a1, a2, a3, runs, run, runBack, b, rowBytes, rowSkip, y, y1, y2, y3, left);
          } else {
            tileOfFour(a, a1, a2, a3, runs, run, runBack, b, rowBytes, rowSkip, y, y1, y2, y3, left);
          }
          a += imageBytes << 2;
          y += resultImageBytes << 2;
        }
      }
    }
  }
}
