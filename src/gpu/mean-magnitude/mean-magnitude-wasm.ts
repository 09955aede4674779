/** The mean spectrum beside the WASM backend: by the processor, in float64. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import { planeLayouts, planeSpectrumOf } from '../fft/plane-spectrum.ts';
import { type MeanMagnitudeAttributes, meanMagnitudeName } from './mean-magnitude-attributes.ts';

const kernelFunc: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x } = inputs as unknown as { x: TensorInfo };
  const { shape } = attrs as unknown as MeanMagnitudeAttributes;
  const { rows, columns } = shape;
  const wasm = backend as BackendWasm;
  const result = wasm.makeOutput([rows, columns], 'float32');
  const images = floatsOf(wasm, x);
  const spectrum = planeSpectrumOf(rows, columns);
  const { columnReal, columnImaginary } = spectrum;
  const last = columns / 2;
  const sums = new Float64Array((last + 1) * rows);
  for (const layout of planeLayouts(shape)) {
    spectrum.loadRows(images, layout);
    for (let v = 0, at = 0; v <= last; v++) {
      spectrum.loadColumn(v);
      for (let u = 0; u < rows; u++, at++) {
        sums[at] += Math.sqrt(columnReal[u] ** 2 + columnImaginary[u] ** 2);
      }
    }
  }
  const means = floatsOf(wasm, result);
  const planes = shape.outer * shape.inner;
  for (let v = 0, at = 0; v <= last; v++) {
    for (let u = 0; u < rows; u++, at++) {
      const mean = sums[at] / planes;
      means[u * columns + v] = mean;
      means[(u === 0 ? 0 : rows - u) * columns + (v === 0 ? 0 : columns - v)] = mean;
    }
  }
  return result;
};

registerKernel({ kernelName: meanMagnitudeName, backendName: 'wasm', kernelFunc });
