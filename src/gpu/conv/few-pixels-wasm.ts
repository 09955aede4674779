/**
 * Convolutions of small images with many channels on WASM. There the filter is larger than the images, and XNNPACK's
 * convolution spends its time on transposing and packing it; as matrix products of gathered taps these touch it once.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { getKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { forgetOperators, runXnnpackConvolution } from './xnnpack-wasm.ts';

/** Whether the forward direction has so few pixels. */
export const hasFewOutputPixels = ({
  batch,
  outputRows,
  outputColumns,
  outputChannels,
}: ConvolutionGeometry): boolean => batch * outputRows * outputColumns <= outputChannels;

/** Whether the input gradient has so few pixels. */
export const hasFewInputPixels = ({ batch, rows, columns, inputChannels }: ConvolutionGeometry): boolean =>
  batch * rows * columns <= inputChannels;

/** What each output pixel sees of x, 0 outside: [output pixels, kernel rows, kernel columns, in]. */
const writePatches = (target: Float32Array, x: Float32Array, geometry: ConvolutionGeometry): void => {
  const { batch, rows, columns, inputChannels, outputRows, outputColumns } = geometry;
  const { kernelRows, kernelColumns, stride, padRows, padColumns } = geometry;
  target.fill(0);
  let at = 0;
  for (let pixel = 0; pixel < batch * outputRows * outputColumns; pixel++) {
    const image = Math.floor(pixel / (outputRows * outputColumns));
    const top = (Math.floor(pixel / outputColumns) % outputRows) * stride - padRows;
    const left = (pixel % outputColumns) * stride - padColumns;
    for (let tap = 0; tap < kernelRows * kernelColumns; tap++) {
      const row = top + Math.floor(tap / kernelColumns);
      const column = left + (tap % kernelColumns);
      if (row >= 0 && row < rows && column >= 0 && column < columns) {
        const source = ((image * rows + row) * columns + column) * inputChannels;
        for (let channel = 0; channel < inputChannels; channel++) target[at + channel] = x[source + channel]!;
      }
      at += inputChannels;
    }
  }
};

/** y as the product of x's patches and the filter. Like the convolution's forward kernel; the caller owns y. */
export const runFewPixelsForward = (
  backend: BackendWasm,
  geometry: ConvolutionGeometry,
  x: TensorInfo,
  filter: TensorInfo,
): TensorInfo => {
  const { batch, outputRows, outputColumns, inputChannels, outputChannels, kernelRows, kernelColumns } =
    geometry;
  const terms = kernelRows * kernelColumns * inputChannels;
  const patches = makeFloats(backend, [batch * outputRows * outputColumns, terms]);
  writePatches(floatsOf(backend, patches), floatsOf(backend, x), geometry);
  const y = getKernel('BatchMatMul', 'wasm').kernelFunc({
    inputs: { a: patches, b: { ...filter, shape: [terms, outputChannels] } },
    attrs: { transposeA: false, transposeB: false },
    backend,
  }) as TensorInfo;
  forgetOperators(backend, filter);
  backend.disposeData(patches.dataId);
  return { ...y, shape: [batch, outputRows, outputColumns, outputChannels] };
};

/** The values of dy that each pixel of x meets under each tap, 0 where there is none: [taps, out, input pixels]. */
const writeMetGradients = (target: Float32Array, dy: Float32Array, geometry: ConvolutionGeometry): void => {
  const { batch, rows, columns, outputRows, outputColumns, outputChannels } = geometry;
  const { kernelRows, kernelColumns, stride, padRows, padColumns } = geometry;
  const pixels = batch * rows * columns;
  target.fill(0);
  for (let tap = 0; tap < kernelRows * kernelColumns; tap++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      const image = Math.floor(pixel / (rows * columns));
      const top = (Math.floor(pixel / columns) % rows) + padRows - Math.floor(tap / kernelColumns);
      const left = (pixel % columns) + padColumns - (tap % kernelColumns);
      const [row, column] = [top / stride, left / stride];
      if (top % stride !== 0 || left % stride !== 0) continue;
      if (row < 0 || row >= outputRows || column < 0 || column >= outputColumns) continue;
      const source = ((image * outputRows + row) * outputColumns + column) * outputChannels;
      let at = tap * outputChannels * pixels + pixel;
      for (let channel = 0; channel < outputChannels; channel++) {
        target[at] = dy[source + channel]!;
        at += pixels;
      }
    }
  }
};

/**
 * dx with the roles turned around: the filter, as it lies, is the image whose rows are taps, whose columns are input
 * channels and whose channels are output channels; what is packed is the gathered dy. Like the input gradient's kernel;
 * the caller owns dx.
 */
export const runFewPixelsInputGradient = (
  backend: BackendWasm,
  geometry: ConvolutionGeometry,
  dy: TensorInfo,
  filter: TensorInfo,
): TensorInfo => {
  const { batch, rows, columns, inputChannels, outputChannels, kernelRows, kernelColumns } = geometry;
  const taps = kernelRows * kernelColumns;
  const pixels = batch * rows * columns;
  const met = makeFloats(backend, [taps, 1, outputChannels, pixels]);
  writeMetGradients(floatsOf(backend, met), floatsOf(backend, dy), geometry);
  const image = { ...filter, shape: [1, taps, inputChannels, outputChannels] };
  const turned = runXnnpackConvolution(backend, image, met);
  backend.disposeData(met.dataId);
  const dx = makeFloats(backend, [batch, rows, columns, inputChannels]);
  const [source, target] = [floatsOf(backend, turned), floatsOf(backend, dx)];
  for (let channel = 0; channel < inputChannels; channel++) {
    for (let pixel = 0; pixel < pixels; pixel++) {
      target[pixel * inputChannels + channel] = source[channel * pixels + pixel]!;
    }
  }
  backend.disposeData(turned.dataId);
  return dx;
};
