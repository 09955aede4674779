/** The filter gradient of a convolution on WASM: one forward convolution whose pixels are the channels of x. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { floatsOf, makeFloats } from '#gpu/wasm/wasm-backend.ts';
import type { ConvolutionGeometry } from './geometry.ts';
import { runXnnpackConvolution } from './xnnpack-wasm.ts';

/**
 * x as [padded rows, tap column b, channel, output column j, image]: the value of x in the column that output column j
 * meets under tap column b, 0 outside. Row r of the result is row r - padRows of x.
 */
const writeColumns = (
  target: Float32Array,
  x: Float32Array,
  sizes: ConvolutionGeometry,
  rowCount: number,
): void => {
  const { batch, rows, columns, inputChannels, outputColumns, kernelColumns, stride } = sizes;
  const { padRows, padColumns } = sizes;
  const line = outputColumns * batch;
  const rowSize = kernelColumns * inputChannels * line;
  target.fill(0);
  for (let row = 0; row < rowCount; row++) {
    const sourceRow = row - padRows;
    if (sourceRow < 0 || sourceRow >= rows) continue;
    for (let b = 0; b < kernelColumns; b++) {
      const plane = row * rowSize + b * inputChannels * line;
      for (let j = 0; j < outputColumns; j++) {
        const column = j * stride + b - padColumns;
        if (column < 0 || column >= columns) continue;
        for (let image = 0; image < batch; image++) {
          const source = ((image * rows + sourceRow) * columns + column) * inputChannels;
          let at = plane + j * batch + image;
          for (let channel = 0; channel < inputChannels; channel++) {
            target[at] = x[source + channel]!;
            at += line;
          }
        }
      }
    }
  }
};

/** dy [N, i, j, k] as [i, j, N, k]. */
const writeImagesInside = (
  target: Float32Array,
  dy: Float32Array,
  batch: number,
  pixels: number,
  channels: number,
): void => {
  let at = 0;
  for (let pixel = 0; pixel < pixels; pixel++) {
    for (let image = 0; image < batch; image++) {
      const source = (image * pixels + pixel) * channels;
      for (let channel = 0; channel < channels; channel++) target[at++] = dy[source + channel]!;
    }
  }
};

/**
 * The gradient of the filter: d filter[a, b, c, k] = sum over n, i, j of x[n, s i + a - pad, s j + b - pad, c] dy[n, i, j, k].
 * It is computed as a convolution of an image whose rows are the rows of x, whose "columns" are all pairs of a tap column
 * and an input channel, and whose "channels" are columns and images, with dy as a filter of one column: all channels of x
 * fill XNNPACK's tiles together, its inner loops are long, and the result lies as the gradient does. The stride becomes a
 * dilation.
 * @returns float32 [kernel rows, kernel columns, in, out]; the caller owns it
 */
export const runFilterGradient = (
  backend: BackendWasm,
  sizes: ConvolutionGeometry,
  x: TensorInfo,
  dy: TensorInfo,
): TensorInfo => {
  const { batch, inputChannels, outputRows, outputColumns, outputChannels, stride } = sizes;
  const { kernelRows, kernelColumns } = sizes;
  const rowCount = (outputRows - 1) * stride + kernelRows;
  const line = outputColumns * batch;
  const image = makeFloats(backend, [1, rowCount, kernelColumns * inputChannels, line]);
  const filter = makeFloats(backend, [outputRows, 1, line, outputChannels]);
  writeColumns(floatsOf(backend, image), floatsOf(backend, x), sizes, rowCount);
  writeImagesInside(
    floatsOf(backend, filter),
    floatsOf(backend, dy),
    batch,
    outputRows * outputColumns,
    outputChannels,
  );
  const gradient = runXnnpackConvolution(backend, image, filter, { rowDilation: stride });
  backend.disposeData(image.dataId);
  backend.disposeData(filter.dataId);
  return { ...gradient, shape: [kernelRows, kernelColumns, inputChannels, outputChannels] };
};
