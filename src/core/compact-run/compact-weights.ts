/** Weights with uniform quantization: each large tensor in steps of a fraction of its root mean square. */
import type { ByteReader, ByteWriter } from './byte-streams.ts';
import {
  BitContexts,
  type CodeBit,
  codeTree,
  decodeWith,
  encodeWith,
  type RangeDecoder,
  type RangeEncoder,
} from './range-coder.ts';

/** Smaller tensors (biases, batch norm) stay exact float32: they are few, and all images depend on them. */
const leastQuantized = 1024;

/** Largest level: a folded level needs at most 16 bits. */
const mostLevel = 32_767;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Root mean square. */
const scaleOf = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

/** Bits of a number's length, and the highest bits behind the leading one that have contexts. */
const lengthBits = 5;
const modeledBits = 3;
const lengths = 2 ** lengthBits;
const classes = 40;

/** Class of a running mean of magnitudes in sixteenths: two classes for each power of two. */
const classOf = (mean: number): number => {
  const length = 32 - Math.clz32(mean);
  return Math.min(classes - 1, 2 * length + (length > 1 ? (mean >>> (length - 2)) & 1 : 0));
};

/** Codes the levels of one tensor, whose last two dimensions are the channels in and out. */
const codeLevels = (code: CodeBit, levels: Int32Array, shape: readonly number[]): void => {
  const [channelsIn = 1, channelsOut = 1] = shape.slice(-2);
  const ofLength = new BitContexts(classes * lengths);
  const ofHighest = new BitContexts(classes * lengths * 2 ** modeledBits);
  const ofLowest = new BitContexts(lengths);
  const meansIn = new Int32Array(channelsIn);
  const meansOut = new Int32Array(channelsOut);
  for (let at = 0; at < levels.length; at++) {
    const out = at % channelsOut;
    const into = Math.floor(at / channelsOut) % channelsIn;
    const around = classOf((meansIn[into] + meansOut[out]) >> 1);
    // An encoder knows the level; folded and one more: 1, 2, 3, ... for 0, -1, 1, ...
    const folded = levels[at] < 0 ? -2 * levels[at] : 2 * levels[at] + 1;
    const length = codeTree(code, ofLength, around * lengths, lengthBits, 31 - Math.clz32(folded));
    const modeled = Math.min(modeledBits, length);
    const first = (around * lengths + length) * 2 ** modeledBits;
    let value =
      2 ** modeled +
      codeTree(code, ofHighest, first, modeled, (folded >>> (length - modeled)) & (2 ** modeled - 1));
    for (let place = length - modeled - 1; place >= 0; place--)
      value = 2 * value + code(ofLowest, place, (folded >>> place) & 1);
    levels[at] = value % 2 === 0 ? -value / 2 : (value - 1) / 2;
    const magnitude = 16 * Math.abs(levels[at]);
    meansIn[into] += (magnitude - meansIn[into]) >> 4;
    meansOut[out] += (magnitude - meansOut[out]) >> 4;
  }
};

const restored = (levels: Int32Array, step: number): Float32Array =>
  Float32Array.from(levels, (level) => level * step);

/**
 * Writes weights: the exact tensors as they are, and the levels of the others.
 * @param weights little-endian float32 of all tensors, in order
 * @param shapes of the tensors
 * @param stepsPerScale steps in the root mean square of a tensor
 * @returns the step of each large tensor, for `readWeights`, and the weights as it returns them
 */
export const writeWeights = (
  encoder: RangeEncoder,
  exact: ByteWriter,
  weights: Float32Array,
  shapes: readonly (readonly number[])[],
  stepsPerScale: number,
): { readonly steps: number[]; readonly rounded: Float32Array<ArrayBuffer> } => {
  const steps: number[] = [];
  const rounded = Float32Array.from(weights);
  let end = 0;
  for (const shape of shapes) {
    const begin = end;
    end += sizeOf(shape);
    const values = weights.slice(begin, end);
    if (values.length < leastQuantized) {
      exact.add(new Uint8Array(values.buffer));
      continue;
    }
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const step = Math.fround(Math.max(scaleOf(values) / stepsPerScale, largest / mostLevel)) || 1;
    steps.push(step);
    const levels = Int32Array.from(values, (value) => Math.round(value / step));
    codeLevels(encodeWith(encoder), levels, shape);
    rounded.set(restored(levels, step), begin);
  }
  return { steps, rounded };
};

/** Reads what `writeWeights` wrote; a new array. */
export const readWeights = (
  decoder: RangeDecoder,
  exact: ByteReader,
  shapes: readonly (readonly number[])[],
  steps: readonly number[],
): Float32Array<ArrayBuffer> => {
  const weights = new Float32Array(shapes.reduce((sum, shape) => sum + sizeOf(shape), 0));
  let at = 0;
  let large = 0;
  for (const shape of shapes) {
    const size = sizeOf(shape);
    if (size < leastQuantized) weights.set(new Float32Array(exact.take(4 * size).buffer), at);
    else {
      const levels = new Int32Array(size);
      codeLevels(decodeWith(decoder), levels, shape);
      weights.set(restored(levels, steps[large++]), at);
    }
    at += size;
  }
  return weights;
};
