/**
 * The weighted frequency domain loss beside the WASM backend: by the processor, in float64. The loss kernel already makes
 * the whole gradient but for the factor that follows, so nothing between the transforms is ever written to the heap.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelFunc, registerKernel } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import type { ImageShape } from '../fft/plan.ts';
import { type PlaneSpectrum, planeLayouts, planeSpectrumOf } from '../fft/plane-spectrum.ts';
import { scaleKept } from '../fft/scale-kept-wasm.ts';
import {
  gradientName,
  type LossInputs,
  lossName,
  meanScale,
  type WfdlAttributes,
} from './wfdl-attributes.ts';

/** The mean of w at a frequency and at its mirror image, which is all that a real image can tell of w: [N/2 + 1, M]. */
const foldedWeight = (weight: Float32Array, { rows, columns }: ImageShape): Float64Array => {
  const last = columns / 2;
  const folded = new Float64Array((last + 1) * rows);
  for (let v = 0; v <= last; v++) {
    const mirrorColumn = v === 0 ? 0 : columns - v;
    for (let u = 0; u < rows; u++) {
      const mirrorRow = u === 0 ? 0 : rows - u;
      folded[v * rows + u] = 0.5 * (weight[u * columns + v] + weight[mirrorRow * columns + mirrorColumn]);
    }
  }
  return folded;
};

/** Sum of w |D| over the loaded column D. */
const weighedSum = (
  { columnReal, columnImaginary, rows }: PlaneSpectrum,
  weight: Float64Array,
  weightStart: number,
): number => {
  let sum = 0;
  for (let u = 0; u < rows; u++) {
    const [real, imaginary] = [columnReal[u], columnImaginary[u]];
    sum += weight[weightStart + u] * Math.sqrt(real * real + imaginary * imaginary);
  }
  return sum;
};

/** Makes w D / |D| of the loaded column D. @returns the sum of w |D| */
const weighColumn = (
  { columnReal, columnImaginary, rows }: PlaneSpectrum,
  weight: Float64Array,
  weightStart: number,
): number => {
  let sum = 0;
  for (let u = 0; u < rows; u++) {
    const [real, imaginary] = [columnReal[u], columnImaginary[u]];
    // In float64 the square of the least float32 is still a normal number.
    const magnitude = Math.sqrt(real * real + imaginary * imaginary);
    const w = weight[weightStart + u];
    sum += w * magnitude;
    const factor = magnitude === 0 ? 0 : w / magnitude;
    columnReal[u] = real * factor;
    columnImaginary[u] = imaginary * factor;
  }
  return sum;
};

const lossKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, y, weight, secondWeight } = inputs as unknown as LossInputs;
  const { shape, imageShape } = attrs as unknown as WfdlAttributes;
  const wasm = backend as BackendWasm;
  const loss = wasm.makeOutput([], 'float32');
  const gradient = wasm.makeOutput([...imageShape], 'float32');
  const [images, reconstructions] = [floatsOf(wasm, x), floatsOf(wasm, y)];
  const slopes = floatsOf(wasm, gradient);
  const folded = foldedWeight(floatsOf(wasm, weight), shape);
  const second = secondWeight && {
    loss: wasm.makeOutput([], 'float32'),
    folded: foldedWeight(floatsOf(wasm, secondWeight), shape),
  };
  const spectrum = planeSpectrumOf(shape.rows, shape.columns);
  const last = shape.columns / 2;
  const scale = meanScale(shape);
  let sum = 0;
  let secondSum = 0;
  for (const layout of planeLayouts(shape)) {
    spectrum.loadRows(reconstructions, layout, images);
    for (let v = 0; v <= last; v++) {
      spectrum.loadColumn(v);
      const columns = v === 0 || v === last ? 1 : 2;
      if (second) secondSum += columns * weighedSum(spectrum, second.folded, v * shape.rows);
      sum += columns * weighColumn(spectrum, folded, v * shape.rows);
      spectrum.storeColumn(v);
    }
    spectrum.storeRows(slopes, layout, scale);
  }
  floatsOf(wasm, loss)[0] = sum * scale;
  if (!second) return [loss, gradient];
  floatsOf(wasm, second.loss)[0] = secondSum * scale;
  return [loss, gradient, second.loss];
};

registerKernel({ kernelName: lossName, backendName: 'wasm', kernelFunc: lossKernel });
registerKernel({ kernelName: gradientName, backendName: 'wasm', kernelFunc: scaleKept });
