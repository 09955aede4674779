/** The call that packs a filter into the panels of a gathering product. */
import * as kernels from '../../../cpu/kernel-numbers.ts';
import type { KernelCall } from '../../../cpu/processor.ts';
import type { AxisPhase } from './gather-phases.ts';

/** Number of columns per panel. */
export const panelColumns = 8;

const floatBytes = 4;
const panelRowBytes = panelColumns * floatBytes;
const leastRowsPerChunk = 8;
const floatsPerChunk = 16_384;

/** Number of columns in the last panel: four or eight. */
const lastPanelColumns = (columns: number): number => {
  const left = columns % panelColumns;
  return left > 0 && left <= panelColumns / 2 ? panelColumns / 2 : panelColumns;
};

/** Total number of columns in all panels. */
export const packedColumns = (columns: number): number =>
  (Math.ceil(columns / panelColumns) - 1) * panelColumns + lastPanelColumns(columns);

/** Bytes from one row of the last panel to the next. */
export const lastPanelRowBytes = (columns: number): number => lastPanelColumns(columns) * floatBytes;

/** Channels of a filter, and whether they are exchanged. */
export interface FilterChannels {
  /** Sizes of the filter's last two dimensions. */
  readonly first: number;
  readonly second: number;
  /** Whether the target's columns are the first channels. */
  readonly transposed: boolean;
}

/** A filter to pack. */
export interface FilterSource extends FilterChannels {
  /**
   * The taps of the filter, numbered row by row, whose sum is tap (row, column) of the gathering kernel: one
   * to nine.
   */
  readonly tapsOf: (row: number, column: number) => readonly number[];
}

/** The filter of one phase within the panels of all phases. */
export interface PackedPhase {
  readonly rows: AxisPhase;
  readonly columns: AxisPhase;
  readonly filterOffset: number;
  readonly panelBytes: number;
}

const rowsAndColumns = ({ first, second, transposed }: FilterChannels): readonly [number, number] =>
  transposed ? [second, first] : [first, second];

/** All pairs of row and column phases, and the offsets of their panels. */
export const packedPhases = (
  source: FilterSource,
  phases: { readonly rows: readonly AxisPhase[]; readonly columns: readonly AxisPhase[] },
): { packed: PackedPhase[]; floats: number } => {
  const [channels, columns] = rowsAndColumns(source);
  let floats = 0;
  const packed = phases.rows.flatMap((rows) =>
    phases.columns.map((columnPhase) => {
      const depth = rows.taps.length * columnPhase.taps.length * channels;
      const phase = {
        rows,
        columns: columnPhase,
        filterOffset: floats * floatBytes,
        panelBytes: depth * panelRowBytes,
      };
      floats += depth * packedColumns(columns);
      return phase;
    }),
  );
  return { packed, floats };
};

/** The layout of the target's rows. */
interface TargetRows {
  readonly rowBytes: number;
  readonly lastRowBytes: number;
  /** Whether rows have space for missing columns. */
  readonly padded: boolean;
}

interface Places {
  readonly filter: number;
  readonly target: number;
}

const packCall = (
  source: FilterChannels,
  { filter, target }: Places,
  { rowBytes, lastRowBytes, padded }: TargetRows,
  entries: readonly (readonly number[])[],
): KernelCall => {
  const [rows, columns] = rowsAndColumns(source);
  const rowsPerChunk = Math.min(
    rows,
    Math.max(leastRowsPerChunk, Math.ceil(floatsPerChunk / columns / 4) * 4),
  );
  const rowBlocks = Math.ceil(rows / rowsPerChunk);
  return {
    kernel: kernels.packFilter,
    words: [
      filter,
      target,
      source.first,
      source.second,
      source.transposed ? 1 : 0,
      rowsPerChunk,
      rowBlocks,
      rowBytes,
      lastRowBytes,
      padded ? 1 : 0,
      ...entries.flat(),
    ],
    chunks: entries.length * rowBlocks,
  };
};

/** The most taps that the kernel can sum. */
const mostTaps = 9;

/** The number of taps, and the taps; the kernel reads only that many. */
const tapWords = (taps: readonly number[]): number[] => [
  taps.length,
  ...Array.from({ length: mostTaps }, (_, index) => taps[index] ?? 0),
];

/**
 * Packs the panels of all phases.
 * @param places addresses of the filter, float32 [taps, first, second], and of the panels, whose size
 *   `packedPhases` returns
 */
export const packFilterCall = (
  source: FilterSource,
  phases: readonly PackedPhase[],
  places: Places,
): KernelCall => {
  const [rows, columns] = rowsAndColumns(source);
  const entries = phases.flatMap(({ rows: rowPhase, columns: columnPhase, filterOffset, panelBytes }) =>
    rowPhase.taps.flatMap((row, rowIndex) =>
      columnPhase.taps.map((column, columnIndex) => {
        const firstRow = (rowIndex * columnPhase.taps.length + columnIndex) * rows;
        return [firstRow, filterOffset, panelBytes, ...tapWords(source.tapsOf(row, column))];
      }),
    ),
  );
  const target = { rowBytes: panelRowBytes, lastRowBytes: lastPanelRowBytes(columns), padded: true };
  return packCall(source, places, target, entries);
};

/**
 * Sums taps of a filter into the taps of another, [taps, second, first] or, if not transposed, [taps, first,
 * second].
 * @param taps for each tap of the target, the taps of the source to sum: one to nine
 * @param places addresses of both filters
 */
export const sumTapsCall = (
  source: FilterChannels,
  taps: readonly (readonly number[])[],
  places: Places,
): KernelCall => {
  const [rows, columns] = rowsAndColumns(source);
  const rowBytes = columns * floatBytes;
  return packCall(
    source,
    places,
    { rowBytes, lastRowBytes: rowBytes, padded: false },
    taps.map((summed, tap) => [tap * rows, 0, panelRowBytes, ...tapWords(summed)]),
  );
};
