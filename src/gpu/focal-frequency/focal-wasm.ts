/**
 * The focal frequency loss beside the WASM backend: by the processor, in float64. The loss kernel makes the whole gradient
 * but for the factor that follows.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelFunc, registerKernel } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import { type PlaneSpectrum, planeLayouts, planeSpectrumOf } from '../fft/plane-spectrum.ts';
import { scaleKept } from '../fft/scale-kept-wasm.ts';
import {
  type FocalAttributes,
  type FocalInputs,
  focalGradientName,
  focalName,
  squareScale,
} from './focal-attributes.ts';

/** Makes |D|^alpha D of the loaded column D. @returns the sum of |D|^(2 + alpha), and the largest |D| */
const focusColumn = (
  { columnReal, columnImaginary, rows }: PlaneSpectrum,
  alpha: number,
): { sum: number; largest: number } => {
  let sum = 0;
  let largest = 0;
  for (let u = 0; u < rows; u++) {
    const square = columnReal[u] * columnReal[u] + columnImaginary[u] * columnImaginary[u];
    const magnitude = Math.sqrt(square);
    const power = alpha === 1 ? magnitude : magnitude ** alpha;
    sum += power * square;
    if (magnitude > largest) largest = magnitude;
    columnReal[u] *= power;
    columnImaginary[u] *= power;
  }
  return { sum, largest };
};

const lossKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x, y } = inputs as unknown as FocalInputs;
  const { shape, imageShape, alpha } = attrs as unknown as FocalAttributes;
  const wasm = backend as BackendWasm;
  const loss = wasm.makeOutput([], 'float32');
  const gradient = wasm.makeOutput([...imageShape], 'float32');
  const [images, reconstructions] = [floatsOf(wasm, x), floatsOf(wasm, y)];
  const slopes = floatsOf(wasm, gradient);
  const spectrum = planeSpectrumOf(shape.rows, shape.columns);
  const last = shape.columns / 2;
  const scale = squareScale(shape);
  let total = 0;
  for (const layout of planeLayouts(shape)) {
    let planeSum = 0;
    let planeLargest = 0;
    spectrum.loadRows(reconstructions, layout, images);
    for (let v = 0; v <= last; v++) {
      spectrum.loadColumn(v);
      const { sum, largest } = focusColumn(spectrum, alpha);
      planeSum += (v === 0 || v === last ? 1 : 2) * sum;
      planeLargest = Math.max(planeLargest, largest);
      spectrum.storeColumn(v);
    }
    // Where the images are equal there is nothing to normalise.
    const factor = planeLargest === 0 ? 0 : planeLargest ** -alpha;
    total += planeSum * factor;
    spectrum.storeRows(slopes, layout, 2 * scale * factor);
  }
  floatsOf(wasm, loss)[0] = total * scale;
  return [loss, gradient];
};

registerKernel({ kernelName: focalName, backendName: 'wasm', kernelFunc: lossKernel });
registerKernel({ kernelName: focalGradientName, backendName: 'wasm', kernelFunc: scaleKept });
