/** Weights with uniform quantization: each large tensor in steps of a fraction of its root mean square. */
import type { ByteReader, ByteWriter } from './byte-streams.ts';

/** Smaller tensors (biases, batch norm) stay exact float32: they are few, and all images depend on them. */
const leastQuantized = 1024;

/** Largest level, because levels are stored as two bytes. */
const mostLevel = 32_767;

/** Root mean square. */
const scaleOf = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/**
 * Writes weights: the exact tensors, then the low and the high bytes of all levels, which compress well apart.
 * @param weights little-endian float32 of all tensors, in order
 * @param sizes number of values of each tensor
 * @param stepsPerScale steps in the root mean square of a tensor
 * @returns the step of each large tensor, for `readWeights`
 */
export const writeWeights = (
  writer: ByteWriter,
  weights: Float32Array,
  sizes: readonly number[],
  stepsPerScale: number,
): number[] => {
  const steps: number[] = [];
  const levels: number[] = [];
  let at = 0;
  for (const size of sizes) {
    const values = weights.slice(at, at + size);
    at += size;
    if (size < leastQuantized) {
      writer.add(new Uint8Array(values.buffer));
      continue;
    }
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const step = Math.fround(Math.max(scaleOf(values) / stepsPerScale, largest / mostLevel)) || 1;
    steps.push(step);
    for (const value of values) levels.push(Math.round(value / step));
  }
  // An offset keeps small levels of both signs within equal high bytes.
  writer.add(Uint8Array.from(levels, (level) => (level + 128) & 255));
  writer.add(Uint8Array.from(levels, (level) => ((level + 128) >> 8) & 255));
  return steps;
};

/** Reads what `writeWeights` wrote; a new array. */
export const readWeights = (
  reader: ByteReader,
  sizes: readonly number[],
  steps: readonly number[],
): Float32Array<ArrayBuffer> => {
  const weights = new Float32Array(sizes.reduce((sum, size) => sum + size, 0));
  const large: { readonly at: number; readonly size: number }[] = [];
  let at = 0;
  for (const size of sizes) {
    if (size < leastQuantized) weights.set(new Float32Array(reader.take(4 * size).buffer), at);
    else large.push({ at, size });
    at += size;
  }
  const count = large.reduce((sum, { size }) => sum + size, 0);
  const low = reader.take(count);
  const high = Int8Array.from(reader.take(count));
  let next = 0;
  for (const [tensor, { at, size }] of large.entries()) {
    for (let i = 0; i < size; i++, next++)
      weights[at + i] = (256 * high[next] + low[next] - 128) * steps[tensor];
  }
  return weights;
};
