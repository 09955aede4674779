/**
 * Two-dimensional discrete Fourier transform in float64 (Eq. 2): unnormalized forward, 1/MN inverse, O(MN log MN).
 * It computes the displayed spectra, and is the reference for the GPU's transform.
 */

/** A complex matrix, row-major, zero frequency at index 0. Two planes of float64. */
export interface ComplexMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

interface LineTables {
  readonly reversed: Uint32Array;
  readonly cosine: Float64Array;
  readonly sine: Float64Array;
}

const tablesByLength = new Map<number, LineTables>();

const tablesFor = (length: number): LineTables => {
  const known = tablesByLength.get(length);
  if (known) return known;
  if (length < 1 || (length & (length - 1)) !== 0) {
    throw new RangeError(`The length of a transform must be a power of two, got ${length}.`);
  }
  const reversed = new Uint32Array(length);
  for (let i = 1; i < length; i++) reversed[i] = (reversed[i >> 1] >> 1) | (i & 1 ? length >> 1 : 0);
  const half = length / 2;
  const angle = (i: number) => (-2 * Math.PI * i) / length;
  const tables = {
    reversed,
    cosine: Float64Array.from({ length: half }, (_, i) => Math.cos(angle(i))),
    sine: Float64Array.from({ length: half }, (_, i) => Math.sin(angle(i))),
  };
  tablesByLength.set(length, tables);
  return tables;
};

/** Forward transform of a line whose elements are in bit-reversed order; Cooley-Tukey, radix 2, in place. */
const transformReversedLine = (real: Float64Array, imaginary: Float64Array, tables: LineTables): void => {
  const length = real.length;
  const { cosine, sine } = tables;
  for (let span = 1; span < length; span *= 2) {
    const stride = length / (2 * span);
    for (let start = 0; start < length; start += 2 * span) {
      for (let i = start, twiddle = 0; i < start + span; i++, twiddle += stride) {
        const j = i + span;
        const re = real[j] * cosine[twiddle] - imaginary[j] * sine[twiddle];
        const im = real[j] * sine[twiddle] + imaginary[j] * cosine[twiddle];
        real[j] = real[i] - re;
        imaginary[j] = imaginary[i] - im;
        real[i] += re;
        imaginary[i] += im;
      }
    }
  }
};

const transformLines = (
  real: Float64Array,
  imaginary: Float64Array,
  lines: number,
  lineStride: number,
  length: number,
  elementStride: number,
): void => {
  const tables = tablesFor(length);
  const lineReal = new Float64Array(length);
  const lineImaginary = new Float64Array(length);
  for (let line = 0; line < lines; line++) {
    const start = line * lineStride;
    for (let i = 0, at = start; i < length; i++, at += elementStride) {
      const to = tables.reversed[i];
      lineReal[to] = real[at];
      lineImaginary[to] = imaginary[at];
    }
    transformReversedLine(lineReal, lineImaginary, tables);
    for (let i = 0, at = start; i < length; i++, at += elementStride) {
      real[at] = lineReal[i];
      imaginary[at] = lineImaginary[i];
    }
  }
};

const transformInPlace = (
  real: Float64Array,
  imaginary: Float64Array,
  rows: number,
  columns: number,
): void => {
  transformLines(real, imaginary, rows, columns, columns, 1);
  transformLines(real, imaginary, columns, 1, rows, columns);
};

const checkLength = (values: ArrayLike<number>, rows: number, columns: number): void => {
  if (values.length !== rows * columns) {
    throw new RangeError(`Expected ${rows} x ${columns} = ${rows * columns} values, got ${values.length}.`);
  }
};

/**
 * Eq. 2: F(u, v) = sum over (x, y) of f(x, y) exp(-2 pi i (ux / M + vy / N)), u in 0..rows-1, v in 0..columns-1.
 * @param real row-major, [rows, columns], both powers of two
 * @param imaginary likewise; zero if omitted
 * @throws RangeError if a side is no power of two, or the values do not fill the matrix
 */
export const fft2 = (
  real: ArrayLike<number>,
  rows: number,
  columns: number,
  imaginary?: ArrayLike<number>,
): ComplexMatrix => {
  checkLength(real, rows, columns);
  if (imaginary) checkLength(imaginary, rows, columns);
  const result = {
    rows,
    columns,
    real: new Float64Array(real),
    imaginary: imaginary ? new Float64Array(imaginary) : new Float64Array(rows * columns),
  };
  transformInPlace(result.real, result.imaginary, rows, columns);
  return result;
};

/**
 * Inverts `fft2`, with the factor 1/(rows * columns).
 * @throws RangeError if a side is no power of two
 */
export const inverseFft2 = ({ rows, columns, real, imaginary }: ComplexMatrix): ComplexMatrix => {
  const scale = 1 / (rows * columns);
  // Swapping real and imaginary parts before and after the forward transform flips the sign of the exponent.
  const swapped = { real: imaginary.slice(), imaginary: real.slice() };
  transformInPlace(swapped.real, swapped.imaginary, rows, columns);
  return {
    rows,
    columns,
    real: swapped.imaginary.map((value) => value * scale),
    imaginary: swapped.real.map((value) => value * scale),
  };
};
