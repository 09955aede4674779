/** The forward convolution on WASM. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { hasFewOutputPixels, runFewPixelsForward } from './few-pixels-wasm.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { runXnnpackConvolution } from './xnnpack-wasm.ts';

/** @returns y, float32 [N, output rows, output columns, out]; the caller owns it */
export const runForward = (
  backend: BackendWasm,
  geometry: ConvolutionGeometry,
  x: TensorInfo,
  filter: TensorInfo,
): TensorInfo => {
  if (hasFewOutputPixels(geometry)) return runFewPixelsForward(backend, geometry, x, filter);
  const { stride, padRows, padColumns } = geometry;
  return runXnnpackConvolution(backend, x, filter, {
    stride,
    padRows: [padRows, padRows],
    padColumns: [padColumns, padColumns],
  });
};
