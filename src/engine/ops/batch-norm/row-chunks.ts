/** Cuts [rows, channels] into chunks for the processor. Pure: shapes in, numbers out. */

/**
 * `repeat` rows are processed as one row of a multiple of 16 floats. A chunk is a whole number of such rows.
 */
export interface RowChunks {
  readonly rows: number;
  readonly channels: number;
  readonly repeat: number;
  readonly rowsPerChunk: number;
  readonly chunks: number;
}

/** Floats in four vector registers, which the kernels process at a time. */
const widthStep = 16;
/** Desired floats per chunk: some microseconds of work, and no more than the second-level cache holds. */
const chunkFloats = 16_384;
/** The most chunks. More than the threads need would only lengthen the join. */
const mostChunks = 256;

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b);

/**
 * Cuts rows into chunks.
 * @throws RangeError unless both counts are positive whole numbers
 */
export const planRowChunks = (rows: number, channels: number): RowChunks => {
  for (const [name, count] of Object.entries({ rows, channels })) {
    if (!Number.isInteger(count) || count < 1) {
      throw new RangeError(`Chunks of rows got ${count} ${name}, expected a positive whole number.`);
    }
  }
  const repeat = widthStep / greatestCommonDivisor(channels, widthStep);
  const least = Math.max(Math.ceil(chunkFloats / channels), Math.ceil(rows / mostChunks));
  const rowsPerChunk = Math.ceil(least / repeat) * repeat;
  return { rows, channels, repeat, rowsPerChunk, chunks: Math.ceil(rows / rowsPerChunk) };
};
