/**
 * The WASM kernels of a 3x3 convolution of an image enlarged by 2, which never exists: what nearest x2 and a filter f do
 * together is a transposed convolution with stride 2 by the 4x4 filter K, in each direction (f2, f1 + f2, f0 + f1, f0).
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type NamedAttrMap, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';
import { enlarge, sumSquares } from './enlarge-wasm.ts';
import { hasFewOutputPixels } from './few-pixels-wasm.ts';
import { runFilterGradient } from './filter-gradient-wasm.ts';
import { runForward } from './forward-wasm.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';
import { runInputGradient } from './input-gradient-wasm.ts';
import { runXnnpackConvolution } from './xnnpack-wasm.ts';

type Shape = [number, number, number, number];
type Inputs = Readonly<Record<'x' | 'filter' | 'dy', TensorInfo>>;

interface Attributes extends NamedAttrMap {
  /** [N, H, W, in] */
  inputShape: Shape;
  /** [3, 3, in, out] */
  filterShape: Shape;
}

/** Taps of f that each of K's four taps sums, along one axis: from, to. */
const tapsOfWide = [
  [2, 2],
  [1, 2],
  [0, 1],
  [0, 0],
] as const;

/** Adds to `target`, from `at` on, the taps of f that K's tap (a, b) sums. */
const addWideTap = (
  target: Float32Array,
  at: number,
  filter: Float32Array,
  [a, b]: readonly [number, number],
  tapSize: number,
): void => {
  const [fromRow, toRow] = tapsOfWide[a]!;
  const [fromColumn, toColumn] = tapsOfWide[b]!;
  for (let row = fromRow; row <= toRow; row++) {
    for (let column = fromColumn; column <= toColumn; column++) {
      const source = (row * 3 + column) * tapSize;
      for (let index = 0; index < tapSize; index++) target[at + index]! += filter[source + index]!;
    }
  }
};

/** K, [4, 4, in, out], from f, [3, 3, in, out]. */
const wideFilter = (filter: Float32Array, tapSize: number): Float32Array => {
  const wide = new Float32Array(16 * tapSize);
  for (let tap = 0; tap < 16; tap++) addWideTap(wide, tap * tapSize, filter, [tap >> 2, tap & 3], tapSize);
  return wide;
};

/**
 * The filter of all four pixels that one pixel becomes: [2, 2, in, 2, 2, out]. At a corner between four
 * pixels of x, pixel (p, q) meets the pixels above (a = 0) and below (a = 1) under K's rows 3 - 2a - p, and likewise in columns.
 */
const writeCornerFilter = (target: Float32Array, wide: Float32Array, input: number, output: number): void => {
  let at = 0;
  for (let tap = 0; tap < 4; tap++) {
    for (let channel = 0; channel < input; channel++) {
      for (let pixel = 0; pixel < 4; pixel++) {
        const row = 3 - 2 * (tap >> 1) - (pixel >> 1);
        const column = 3 - 2 * (tap & 1) - (pixel & 1);
        const source = ((row * 4 + column) * input + channel) * output;
        for (let index = 0; index < output; index++) target[at++] = wide[source + index]!;
      }
    }
  }
};

/**
 * From the corners, [N, H + 1, W + 1, 2, 2, out], to the enlarged image, [N, 2H, 2W, out]: pixel (2i + p, 2j + q) comes
 * from the corner (i + p, j + q).
 */
const scatterCorners = (
  y: Float32Array,
  corners: Float32Array,
  [batch, rows, columns]: readonly number[],
  output: number,
): void => {
  let at = 0;
  for (let image = 0; image < batch!; image++) {
    for (let row = 0; row < 2 * rows!; row++) {
      const cornerRow = (image * (rows! + 1) + ((row + 1) >> 1)) * (columns! + 1);
      for (let column = 0; column < 2 * columns!; column++) {
        const corner = cornerRow + ((column + 1) >> 1);
        const source = (corner * 4 + (row & 1) * 2 + (column & 1)) * output;
        for (let index = 0; index < output; index++) y[at++] = corners[source + index]!;
      }
    }
  }
};

const register = (
  kernelName: string,
  run: (backend: BackendWasm, attributes: Attributes, inputs: Inputs) => TensorInfo,
): void => {
  registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs, backend }) =>
      run(backend as BackendWasm, attrs as Attributes, inputs as Inputs),
  });
};

/** The same as a convolution of the enlarged image. */
const enlargedGeometry = ({ inputShape, filterShape }: Attributes): ConvolutionGeometry => {
  const [batch, rows, columns, channels] = inputShape;
  return convolutionGeometry([batch, 2 * rows, 2 * columns, channels], filterShape, 1);
};

register('ResiduaUpsampleConvolution', (backend, attributes, { x, filter }) => {
  const geometry = enlargedGeometry(attributes);
  if (hasFewOutputPixels(geometry)) {
    // K costs more than it saves.
    const large = enlarge(backend, x);
    const result = runForward(backend, geometry, large, filter);
    backend.disposeData(large.dataId);
    return result;
  }
  const { inputShape, filterShape } = attributes;
  const [batch, rows, columns, input] = inputShape;
  const output = filterShape[3];
  const cornerFilter = makeFloats(backend, [2, 2, input, 4 * output]);
  const wide = wideFilter(floatsOf(backend, filter), input * output);
  writeCornerFilter(floatsOf(backend, cornerFilter), wide, input, output);
  const corners = runXnnpackConvolution(backend, x, cornerFilter, { padRows: [1, 1], padColumns: [1, 1] });
  backend.disposeData(cornerFilter.dataId);
  const y = makeFloats(backend, [batch, 2 * rows, 2 * columns, output]);
  scatterCorners(floatsOf(backend, y), floatsOf(backend, corners), [batch, rows, columns], output);
  backend.disposeData(corners.dataId);
  return y;
});

register('ResiduaUpsampleConvolutionInputGradient', (backend, attributes, { dy, filter }) => {
  const geometry = enlargedGeometry(attributes);
  if (hasFewOutputPixels(geometry)) {
    const large = runInputGradient(backend, geometry, dy, filter);
    const result = sumSquares(backend, large);
    backend.disposeData(large.dataId);
    return result;
  }
  const [, , input, output] = attributes.filterShape;
  const transposed = makeFloats(backend, [4, 4, output, input]);
  const wide = wideFilter(floatsOf(backend, filter), input * output);
  const target = floatsOf(backend, transposed);
  for (let tap = 0; tap < 16; tap++) {
    const start = tap * input * output;
    for (let k = 0; k < output; k++) {
      for (let c = 0; c < input; c++) target[start + k * input + c] = wide[start + c * output + k]!;
    }
  }
  const dx = runXnnpackConvolution(backend, dy, transposed, {
    stride: 2,
    padRows: [1, 1],
    padColumns: [1, 1],
  });
  backend.disposeData(transposed.dataId);
  return dx;
});

register('ResiduaUpsampleConvolutionFilterGradient', (backend, attributes, { x, dy }) => {
  const geometry = enlargedGeometry(attributes);
  if (hasFewOutputPixels(geometry)) {
    const large = enlarge(backend, x);
    const result = runFilterGradient(backend, geometry, large, dy);
    backend.disposeData(large.dataId);
    return result;
  }
  const { inputShape, filterShape } = attributes;
  const [batch, rows, columns, input] = inputShape;
  const output = filterShape[3];
  // The filter gradient of the convolution that leads from dy to dx: [4, 4, out, in].
  const wide = runFilterGradient(
    backend,
    {
      batch,
      rows: 2 * rows,
      columns: 2 * columns,
      inputChannels: output,
      outputRows: rows,
      outputColumns: columns,
      outputChannels: input,
      kernelRows: 4,
      kernelColumns: 4,
      stride: 2,
      padRows: 1,
      padColumns: 1,
    },
    dy,
    x,
  );
  const gradient = makeFloats(backend, filterShape);
  const [source, target] = [floatsOf(backend, wide), floatsOf(backend, gradient)];
  target.fill(0);
  for (let tap = 0; tap < 16; tap++) {
    const [fromRow, toRow] = tapsOfWide[tap >> 2]!;
    const [fromColumn, toColumn] = tapsOfWide[tap & 3]!;
    for (let row = fromRow; row <= toRow; row++) {
      for (let column = fromColumn; column <= toColumn; column++) {
        const start = (row * 3 + column) * input * output;
        for (let c = 0; c < input; c++) {
          const from = tap * input * output + c;
          for (let k = 0; k < output; k++) {
            target[start + c * output + k]! += source[from + k * input]!;
          }
        }
      }
    }
  }
  backend.disposeData(wide.dataId);
  return gradient;
});
