/** How [rows, channels] is cut for the processor. Pure: shapes in, numbers out. */

/** Rows are taken `repeat` at a time, as one row of a multiple of 16 floats; chunks are whole numbers of these. */
export interface RowChunks {
  readonly rows: number;
  readonly channels: number;
  readonly repeat: number;
  readonly rowsPerChunk: number;
  readonly chunks: number;
}

/** Floats of two vectors of four registers: what the kernels take at a time. */
const widthStep = 16;
/** Floats of a chunk to aim at: some microseconds, and no more than the second level of the cache. */
const chunkFloats = 16_384;
/** More chunks than all threads need would only lengthen the join. */
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
