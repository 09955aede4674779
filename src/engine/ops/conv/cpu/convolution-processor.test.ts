import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import type { ProcessorBackend } from '../../../cpu/processor-backend.ts';
import { openProcessor } from '../../../cpu/testing/open-processor.ts';
import { convolutionKernels } from '../convolution.ts';
import { referenceConvolution } from '../convolution-reference.ts';
import { convolutionGeometry } from '../geometry.ts';
import { sumTolerance } from '../sum-tolerance.ts';
import { upsampleConvolutionKernels } from '../upsample-convolution.ts';
import { values as seededValues } from './processor-testing.ts';

let backend: ProcessorBackend;

beforeAll(async () => {
  backend = await openProcessor();
});

const values = (shape: readonly number[], seed: number): Float32Array =>
  seededValues(tf.util.sizeFromShape([...shape]), seed);

type Shape = [number, number, number, number];

const compare = (actual: tf.Tensor, expected: Float64Array, terms: number): void => {
  expect(largestDifference(actual.dataSync(), expected)).toBeLessThan(sumTolerance(terms));
};

interface Kernels {
  readonly forward: string;
  readonly inputGradient: string;
  readonly filterGradient: string;
}

/** Runs the three kernels of an op, and checks that only their outputs stay in the backend's memory. */
const runAll = (
  kernels: Kernels,
  [x, filter, dy]: readonly [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D],
  stride?: number,
): readonly tf.Tensor[] => {
  const attributes = { inputShape: x.shape, filterShape: filter.shape, ...(stride && { stride }) };
  const { heap } = backend.processor;
  const pieces = heap.pieces;
  const run = (kernel: string, inputs: tf.NamedTensorMap): tf.Tensor =>
    tf.engine().runKernel(kernel, inputs, attributes);
  const outputs = [
    run(kernels.forward, { x, filter }),
    run(kernels.inputGradient, { dy, filter }),
    run(kernels.filterGradient, { x, dy }),
  ];
  expect(heap.pieces).toBe(pieces + 3);
  return outputs;
};

describe('the convolutions as ops on the processor', () => {
  it.each([1, 2])(
    'computes a convolution with stride %i and its gradients, and frees what it borrows',
    (stride) => {
      tf.engine().startScope();
      const shape: Shape = [3, 20, 12, 5];
      const filterShape: Shape = [3, 3, 5, 6];
      const geometry = convolutionGeometry(shape, filterShape, stride);
      const { outputRows, outputColumns, outputChannels } = geometry;
      const outputShape: Shape = [3, outputRows, outputColumns, outputChannels];
      const [x, filter, dy] = [values(shape, 1), values(filterShape, 2), values(outputShape, 3)];
      const reference = referenceConvolution(geometry, { x, filter, dy });
      const [y, dx, dFilter] = runAll(
        convolutionKernels,
        [tf.tensor4d(x, shape), tf.tensor4d(filter, filterShape), tf.tensor4d(dy, outputShape)],
        stride,
      );
      expect(y!.shape).toEqual(outputShape);
      compare(y!, reference.y, 9 * 5);
      compare(dx!, reference.dx, 9 * 6);
      compare(dFilter!, reference.dFilter, 3 * outputRows * outputColumns);
      tf.engine().endScope();
    },
  );

  it('gives an upsampling convolution the values and slopes of one over the enlarged image', () => {
    tf.engine().startScope();
    const [batch, rows, columns, channels] = [2, 6, 4, 8] as const;
    const filterShape: Shape = [3, 3, channels, 3];
    const large: Shape = [batch, 2 * rows, 2 * columns, channels];
    const outputShape: Shape = [batch, 2 * rows, 2 * columns, 3];
    const [x, filter, dy] = [
      values([batch, rows, columns, channels], 4),
      values(filterShape, 5),
      values(outputShape, 6),
    ];
    const smallIndex = (index: number): number => {
      const pixel = Math.floor(index / channels);
      const row = Math.floor(pixel / (2 * columns)) >> 1;
      return (row * columns + ((pixel % (2 * columns)) >> 1)) * channels + (index % channels);
    };
    const enlarged = Float64Array.from({ length: 4 * x.length }, (_, index) => x[smallIndex(index)]!);
    const reference = referenceConvolution(convolutionGeometry(large, filterShape, 1), {
      x: enlarged,
      filter,
      dy,
    });
    const dxExpected = new Float64Array(x.length);
    reference.dx.forEach((value, index) => {
      dxExpected[smallIndex(index)]! += value;
    });
    const [y, dx, dFilter] = runAll(upsampleConvolutionKernels, [
      tf.tensor4d(x, [batch, rows, columns, channels]),
      tf.tensor4d(filter, filterShape),
      tf.tensor4d(dy, outputShape),
    ]);
    expect(y!.shape).toEqual(outputShape);
    compare(y!, reference.y, 9 * channels);
    compare(dx!, dxExpected, 36 * 3);
    compare(dFilter!, reference.dFilter, 4 * batch * rows * columns);
    tf.engine().endScope();
  });
});
