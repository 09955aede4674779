/**
 * Batch normalisation's WASM kernels: loops over the heap, with all sums in float64. ReLU is arithmetic, not a branch:
 * on values whose sign nobody can predict a branch takes five times as long as all the rest.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { registerKernel } from '@tensorflow/tfjs-core';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';
import { type BatchNormAttributes, type BatchNormInputs, batchNormKernels } from './batch-norm-kernels.ts';
import { rowsAndChannels } from './rows-and-channels.ts';

/** Writes mean and biased variance of each channel of x to `moments`, [2, channels]. */
const writeMoments = (x: Float32Array, channels: number, moments: Float32Array): void => {
  const rows = x.length / channels;
  // Measured from the first row, a constant channel has the variance 0 exactly.
  const origin = Float64Array.from(x.subarray(0, channels));
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const distance = x[at + channel]! - origin[channel]!;
      sums[channel]! += distance;
      squares[channel]! += distance * distance;
    }
  }
  for (let channel = 0; channel < channels; channel++) {
    const mean = sums[channel]! / rows;
    moments[channel] = origin[channel]! + mean;
    moments[channels + channel] = Math.max(0, squares[channel]! / rows - mean * mean);
  }
};

/** Batch norm of a channel as a line: y = slope x + offset. */
const linesOf = (
  affine: Float32Array,
  moments: Float32Array,
  epsilon: number,
): { slopes: Float64Array; offsets: Float64Array } => {
  const channels = affine.length / 2;
  const slopes = new Float64Array(channels);
  const offsets = new Float64Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const slope = affine[channel]! / Math.sqrt(moments[channels + channel]! + epsilon);
    slopes[channel] = slope;
    offsets[channel] = affine[channels + channel]! - slope * moments[channel]!;
  }
  return { slopes, offsets };
};

const writeNormalised = (
  y: Float32Array,
  x: Float32Array,
  { slopes, offsets }: ReturnType<typeof linesOf>,
  relu: boolean,
): void => {
  const channels = slopes.length;
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = slopes[channel]! * x[at + channel]! + offsets[channel]!;
      y[at + channel] = relu ? 0.5 * (value + Math.abs(value)) : value;
    }
  }
};

registerKernel({
  kernelName: batchNormKernels.train,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, affine } = inputs as BatchNormInputs;
    const { epsilon, relu } = attrs as BatchNormAttributes;
    const wasm = backend as BackendWasm;
    const { channels } = rowsAndChannels(x.shape);
    const y = makeFloats(wasm, x.shape);
    const moments = makeFloats(wasm, [2, channels]);
    const [values, momentValues] = [floatsOf(wasm, x), floatsOf(wasm, moments)];
    writeMoments(values, channels, momentValues);
    writeNormalised(floatsOf(wasm, y), values, linesOf(floatsOf(wasm, affine), momentValues, epsilon), relu);
    return [y, moments];
  },
});

registerKernel({
  kernelName: batchNormKernels.apply,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const { x, affine, moments } = inputs as BatchNormInputs;
    const { epsilon, relu } = attrs as BatchNormAttributes;
    const wasm = backend as BackendWasm;
    const y = makeFloats(wasm, x.shape);
    const lines = linesOf(floatsOf(wasm, affine), floatsOf(wasm, moments), epsilon);
    writeNormalised(floatsOf(wasm, y), floatsOf(wasm, x), lines, relu);
    return y;
  },
});

/**
 * Sums over the rows of a channel: of dy, and of dy times x measured from the channel's mean, both where ReLU let the
 * value through.
 */
const gradientSums = (
  x: Float32Array,
  dy: Float32Array,
  moments: Float32Array,
  { slopes, offsets }: ReturnType<typeof linesOf>,
  relu: boolean,
): { sums: Float64Array; products: Float64Array } => {
  const channels = slopes.length;
  const sums = new Float64Array(channels);
  const products = new Float64Array(channels);
  const means = Float64Array.from(moments.subarray(0, channels));
  for (let at = 0; at < x.length; at += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = x[at + channel]!;
      const open = relu ? +(slopes[channel]! * value + offsets[channel]! > 0) : 1;
      const slope = dy[at + channel]! * open;
      sums[channel]! += slope;
      products[channel]! += slope * (value - means[channel]!);
    }
  }
  return { sums, products };
};

registerKernel({
  kernelName: batchNormKernels.trainGradient,
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const given = inputs as BatchNormInputs;
    const { epsilon, relu } = attrs as BatchNormAttributes;
    const wasm = backend as BackendWasm;
    const { rows, channels } = rowsAndChannels(given.x.shape);
    const dx = makeFloats(wasm, given.x.shape);
    const daffine = makeFloats(wasm, [2, channels]);
    const [x, dy, moments] = [
      floatsOf(wasm, given.x),
      floatsOf(wasm, given.dy),
      floatsOf(wasm, given.moments),
    ];
    const lines = linesOf(floatsOf(wasm, given.affine), moments, epsilon);
    const { slopes, offsets } = lines;
    const { sums, products } = gradientSums(x, dy, moments, lines, relu);

    // dx = slope (dy - mean of dy - normal x times mean of (dy times normal x)), as a line in dy and x.
    const ofX = new Float64Array(channels);
    const constants = new Float64Array(channels);
    const affineGradient = floatsOf(wasm, daffine);
    for (let channel = 0; channel < channels; channel++) {
      const inverse = 1 / Math.sqrt(moments[channels + channel]! + epsilon);
      const weightGradient = products[channel]! * inverse;
      affineGradient[channel] = weightGradient;
      affineGradient[channels + channel] = sums[channel]!;
      const factor = (-slopes[channel]! * inverse * weightGradient) / rows;
      ofX[channel] = factor;
      constants[channel] = (-slopes[channel]! * sums[channel]!) / rows - factor * moments[channel]!;
    }
    const result = floatsOf(wasm, dx);
    for (let at = 0; at < x.length; at += channels) {
      for (let channel = 0; channel < channels; channel++) {
        const value = x[at + channel]!;
        const open = relu ? +(slopes[channel]! * value + offsets[channel]! > 0) : 1;
        const slope = dy[at + channel]! * open;
        result[at + channel] = slopes[channel]! * slope + ofX[channel]! * value + constants[channel]!;
      }
    }
    return [dx, daffine];
  },
});
