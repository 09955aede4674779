/** The two-dimensional transform of real images beside the WASM backend: by the processor, in float64. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { type KernelFunc, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf } from '#gpu/wasm/wasm-backend.ts';
import type { ImageShape } from './plan.ts';
import { type PlaneSpectrum, planeLayouts, planeSpectrumOf } from './plane-spectrum.ts';
import { forwardName, inverseName, type TransformAttributes } from './transform-attributes.ts';

/** Visits every point of column v of a matrix's half spectrum: its row, and where its pair lies. */
const forEachBin = (
  shape: ImageShape,
  plane: number,
  v: number,
  visit: (u: number, at: number) => void,
): void => {
  const halfStride = (shape.columns / 2 + 1) * shape.inner;
  const image = Math.floor(plane / shape.inner);
  let at = 2 * (image * shape.rows * halfStride + v * shape.inner + (plane % shape.inner));
  for (let u = 0; u < shape.rows; u++, at += 2 * halfStride) visit(u, at);
};

const forEachColumn = (
  spectrum: PlaneSpectrum,
  { edge, interior }: TransformAttributes,
  visit: (v: number, scale: number) => void,
): void => {
  const last = spectrum.columns / 2;
  for (let v = 0; v <= last; v++) visit(v, v === 0 || v === last ? edge : interior);
};

const forwardKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const { x } = inputs as unknown as { x: TensorInfo };
  const attributes = attrs as unknown as TransformAttributes;
  const { shape, spectrumShape } = attributes;
  const wasm = backend as BackendWasm;
  const result = wasm.makeOutput([...spectrumShape], 'float32');
  const [images, pairs] = [floatsOf(wasm, x), floatsOf(wasm, result)];
  const spectrum = planeSpectrumOf(shape.rows, shape.columns);
  const { columnReal, columnImaginary } = spectrum;
  planeLayouts(shape).forEach((layout, plane) => {
    spectrum.loadRows(images, layout);
    forEachColumn(spectrum, attributes, (v, scale) => {
      spectrum.loadColumn(v);
      forEachBin(shape, plane, v, (u, at) => {
        pairs[at] = columnReal[u] * scale;
        pairs[at + 1] = columnImaginary[u] * scale;
      });
    });
  });
  return result;
};

const inverseKernel: KernelFunc = ({ inputs, backend, attrs }) => {
  const given = inputs as unknown as { spectrum: TensorInfo };
  const attributes = attrs as unknown as TransformAttributes;
  const { shape, imageShape } = attributes;
  const wasm = backend as BackendWasm;
  const result = wasm.makeOutput([...imageShape], 'float32');
  const [images, pairs] = [floatsOf(wasm, result), floatsOf(wasm, given.spectrum)];
  const spectrum = planeSpectrumOf(shape.rows, shape.columns);
  const { columnReal, columnImaginary } = spectrum;
  planeLayouts(shape).forEach((layout, plane) => {
    forEachColumn(spectrum, attributes, (v, scale) => {
      forEachBin(shape, plane, v, (u, at) => {
        columnReal[u] = pairs[at] * scale;
        columnImaginary[u] = pairs[at + 1] * scale;
      });
      spectrum.storeColumn(v);
    });
    spectrum.storeRows(images, layout, 1);
  });
  return result;
};

registerKernel({ kernelName: forwardName, backendName: 'wasm', kernelFunc: forwardKernel });
registerKernel({ kernelName: inverseName, backendName: 'wasm', kernelFunc: inverseKernel });
