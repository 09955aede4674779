/**
 * The two-dimensional transform of one real matrix by the processor, in float64. Rows h and h + M/2 travel as real and
 * imaginary part of one complex line, and columns v and N - v are taken apart where a column is loaded: M/2 lines of N and
 * N/2 + 1 lines of M.
 */
import { type LineTables, lineTablesOf, transformLine } from './line-transform.ts';
import type { ImageShape } from './plan.ts';

/** Where a matrix lies in an array: its first element and the steps between rows and between columns. */
export interface PlaneLayout {
  readonly start: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Where the matrices of a batch [outer, rows, columns, inner] lie. */
export const planeLayouts = ({ outer, rows, columns, inner }: ImageShape): PlaneLayout[] =>
  Array.from({ length: outer * inner }, (_, plane) => ({
    start: Math.floor(plane / inner) * rows * columns * inner + (plane % inner),
    rowStride: columns * inner,
    columnStride: inner,
  }));

/** Room for rows that are no power of two long, so that the points of a column do not compete for one cache set. */
const rowPadding = 8;

/**
 * Workspace for matrices of one size. Rows go in by `loadRows`, column by column is worked on between `loadColumn` and
 * `storeColumn`, and rows come out by `storeRows`.
 */
export class PlaneSpectrum {
  /** The column that was loaded, M points in natural order: D(0..M-1, v). */
  readonly columnReal: Float64Array;
  readonly columnImaginary: Float64Array;
  private readonly rowTables: LineTables;
  private readonly columnTables: LineTables;
  private readonly rowReal: Float64Array;
  private readonly rowImaginary: Float64Array;
  private readonly spareReal: Float64Array;
  private readonly spareImaginary: Float64Array;
  private readonly stride: number;
  private readonly packedReal: Float64Array;
  private readonly packedImaginary: Float64Array;

  /**
   * @param rows M, a power of two from 8
   * @param columns N, likewise
   */
  constructor(
    readonly rows: number,
    readonly columns: number,
  ) {
    this.rowTables = lineTablesOf(columns);
    this.columnTables = lineTablesOf(rows);
    this.rowReal = new Float64Array(columns);
    this.rowImaginary = new Float64Array(columns);
    this.columnReal = new Float64Array(rows);
    this.columnImaginary = new Float64Array(rows);
    this.spareReal = new Float64Array(rows);
    this.spareImaginary = new Float64Array(rows);
    this.stride = columns + rowPadding;
    this.packedReal = new Float64Array((rows / 2) * this.stride);
    this.packedImaginary = new Float64Array((rows / 2) * this.stride);
  }

  /** Transforms the rows of a matrix, or of `values - subtracted`. */
  loadRows(values: Float32Array, layout: PlaneLayout, subtracted?: Float32Array): void {
    const { rowReal, rowImaginary, columns, stride, packedReal, packedImaginary } = this;
    const { reversed } = this.rowTables;
    const half = this.rows / 2;
    for (let h = 0; h < half; h++) {
      let upper = layout.start + h * layout.rowStride;
      let lower = upper + half * layout.rowStride;
      for (let v = 0; v < columns; v++) {
        const to = reversed[v];
        rowReal[to] = subtracted ? values[upper] - subtracted[upper] : values[upper];
        rowImaginary[to] = subtracted ? values[lower] - subtracted[lower] : values[lower];
        upper += layout.columnStride;
        lower += layout.columnStride;
      }
      transformLine(this.rowTables, rowReal, rowImaginary);
      packedReal.set(rowReal, h * stride);
      packedImaginary.set(rowImaginary, h * stride);
    }
  }

  /** Puts column v of the spectrum, 0..N/2, in `columnReal` and `columnImaginary`. */
  loadColumn(v: number): void {
    const { columnReal, columnImaginary, packedReal, packedImaginary, stride } = this;
    const { reversed } = this.columnTables;
    const half = this.rows / 2;
    let near = v;
    let far = v === 0 ? 0 : this.columns - v;
    for (let h = 0; h < half; h++, near += stride, far += stride) {
      const upper = reversed[h];
      // Row h + M/2 differs in the highest bit, reversed the lowest.
      const lower = upper + 1;
      columnReal[upper] = 0.5 * (packedReal[near] + packedReal[far]);
      columnImaginary[upper] = 0.5 * (packedImaginary[near] - packedImaginary[far]);
      columnReal[lower] = 0.5 * (packedImaginary[near] + packedImaginary[far]);
      columnImaginary[lower] = 0.5 * (packedReal[far] - packedReal[near]);
    }
    transformLine(this.columnTables, columnReal, columnImaginary);
  }

  /**
   * Takes what is in `columnReal` and `columnImaginary` as column v of a spectrum, and its conjugate as column N - v. Of
   * columns 0 and N/2 only what a real image can have is used.
   */
  storeColumn(v: number): void {
    const { spareReal, spareImaginary, packedReal, packedImaginary, stride, rows } = this;
    const { reversed } = this.columnTables;
    for (let u = 0; u < rows; u++) {
      const to = reversed[u];
      spareReal[to] = this.columnReal[u];
      spareImaginary[to] = this.columnImaginary[u];
    }
    transformLine(this.columnTables, spareImaginary, spareReal);
    const half = rows / 2;
    const isEdge = v === 0 || 2 * v === this.columns;
    let near = v;
    let far = this.columns - v;
    for (let h = 0; h < half; h++, near += stride, far += stride) {
      const lower = h + half;
      if (isEdge) {
        packedReal[near] = spareReal[h];
        packedImaginary[near] = spareReal[lower];
      } else {
        packedReal[near] = spareReal[h] - spareImaginary[lower];
        packedImaginary[near] = spareReal[lower] + spareImaginary[h];
        packedReal[far] = spareReal[h] + spareImaginary[lower];
        packedImaginary[far] = spareReal[lower] - spareImaginary[h];
      }
    }
  }

  /** Transforms the rows back, once all columns are stored, and writes the matrix times `scale`. */
  storeRows(target: Float32Array, layout: PlaneLayout, scale: number): void {
    const { rowReal, rowImaginary, columns, stride, packedReal, packedImaginary } = this;
    const { reversed } = this.rowTables;
    const half = this.rows / 2;
    for (let h = 0; h < half; h++) {
      const from = h * stride;
      for (let v = 0; v < columns; v++) {
        const to = reversed[v];
        rowReal[to] = packedReal[from + v];
        rowImaginary[to] = packedImaginary[from + v];
      }
      transformLine(this.rowTables, rowImaginary, rowReal);
      let upper = layout.start + h * layout.rowStride;
      let lower = upper + half * layout.rowStride;
      for (let v = 0; v < columns; v++) {
        target[upper] = rowReal[v] * scale;
        target[lower] = rowImaginary[v] * scale;
        upper += layout.columnStride;
        lower += layout.columnStride;
      }
    }
  }
}

const spectra = new Map<string, PlaneSpectrum>();

/** The workspace for matrices of a size: made once, and free again when the caller returns. */
export const planeSpectrumOf = (rows: number, columns: number): PlaneSpectrum => {
  const key = `${rows}x${columns}`;
  let spectrum = spectra.get(key);
  if (!spectrum) {
    spectrum = new PlaneSpectrum(rows, columns);
    spectra.set(key, spectrum);
  }
  return spectrum;
};
