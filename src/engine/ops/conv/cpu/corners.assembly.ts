/**
 * Upsampling convolutions to few channels. Around each corner between four pixels of x lie four pixels of y,
 * one of each phase. They depend on the same four pixels of x, so together they are one product with four
 * times the columns. It fills vectors that the product for a single pixel would leave half empty.
 */

/** `corners.ts` writes the same order. */
@unmanaged
class CornerFilterArguments {
  /** [3, 3, input, output] */
  filter: usize;
  /** [2, 2, input, 2, 2, output] */
  target: usize;
  input: i32;
  output: i32;
}

/**
 * Pixel (p, q) of a corner and pixel (a, b) of x around it are multiplied by entry (3 - 2a - p, 3 - 2b - q)
 * of the 4x4 filter, which is a sum of some taps: see `upsample-filter.ts`. A chunk is one (a, b).
 */
export function runCornerFilter(address: usize, chunk: i32): void {
  const given = changetype<CornerFilterArguments>(address);
  const input = given.input;
  const output = given.output;
  const filter = given.filter;
  let target = given.target + ((<usize>(chunk * input * 4 * output)) << 2);
  for (let channel = 0; channel < input; channel++) {
    for (let pixel = 0; pixel < 4; pixel++) {
      const row = 3 - 2 * (chunk >> 1) - (pixel >> 1);
      const column = 3 - 2 * (chunk & 1) - (pixel & 1);
      const lastRow = min(2, 3 - row);
      const lastColumn = min(2, 3 - column);
      for (let index = 0; index < output; index++) {
        let sum: f32 = 0;
        for (let tapRow = max(0, 2 - row); tapRow <= lastRow; tapRow++) {
          for (let tapColumn = max(0, 2 - column); tapColumn <= lastColumn; tapColumn++) {
            const at = ((tapRow * 3 + tapColumn) * input + channel) * output + index;
            sum += load<f32>(filter + ((<usize>at) << 2));
          }
        }
        store<f32>(target, sum);
        target += 4;
      }
    }
  }
}

@unmanaged
class ScatterArguments {
  /** [batch, rows + 1, columns + 1, 2, 2, output] */
  corners: usize;
  /** [batch, 2 rows, 2 columns, output] */
  result: usize;
  rows: i32;
  columns: i32;
  output: i32;
  /** Total number of rows of the result, in all images. */
  resultRows: i32;
  rowsPerChunk: i32;
}

/** Pixel (2i + p, 2j + q) comes from the corner (i + p, j + q). */
export function runScatterCorners(address: usize, chunk: i32): void {
  const given = changetype<ScatterArguments>(address);
  const rows = given.rows;
  const columns = given.columns;
  const output = given.output;
  const cornerBytes = (<usize>output) << 4;
  const pixelBytes = (<usize>output) << 2;
  const last = min((chunk + 1) * given.rowsPerChunk, given.resultRows);
  let first = chunk * given.rowsPerChunk;
  let target = given.result + <usize>(first * 2 * columns) * pixelBytes;
  for (; first < last; first++) {
    const image = first / (2 * rows);
    const row = first - image * 2 * rows;
    let corner =
      given.corners +
      <usize>((image * (rows + 1) + ((row + 1) >> 1)) * (columns + 1)) * cornerBytes +
      <usize>((row & 1) << 1) * pixelBytes;
    // The second pixel of a corner is the first of the next pair: q = 0 comes from corner j, q = 1 from corner j + 1.
    for (let column = 0; column < columns; column++) {
      const next = corner + cornerBytes + pixelBytes;
      for (let index: usize = 0; index < pixelBytes; index += 4) {
        store<f32>(target + index, load<f32>(corner + index));
        store<f32>(target + pixelBytes + index, load<f32>(next + index));
      }
      corner += cornerBytes;
      target += 2 * pixelBytes;
    }
  }
}
