import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { largestDifference } from '#testing/compare.ts';
import { type BackendName, describeBackends } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { linearSlopes } from '#testing/linear-slopes.ts';
import { copyInto } from '../elementwise/in-place.ts';
import { type ConvolutionAttributes, convolution, convolutionKernels } from './convolution.ts';
import { referenceConvolution, sizesOf } from './convolution-reference.ts';
import { winogradPays } from './cpu/winograd-product.ts';
import { winogradFilterTolerance, winogradTolerance } from './cpu/winograd-tolerance.ts';
import { type ConvolutionGeometry, convolutionGeometry } from './geometry.ts';
import { sumTolerance } from './sum-tolerance.ts';
import type { ConvolutionDevice } from './webgpu/convolution-device.ts';

/** [batch, rows, columns, in, out, filter size, stride] */
type Case = readonly [number, number, number, number, number, number, number];

/** The layers of the model at side 64, with fewer channels where the reference would be slow. */
const layers: readonly Case[] = [
  [2, 64, 64, 3, 32, 3, 2],
  [2, 64, 64, 3, 32, 1, 2],
  [2, 32, 32, 16, 16, 3, 1],
  [1, 32, 32, 32, 64, 1, 1],
  [1, 32, 32, 64, 64, 3, 2],
  [2, 32, 32, 64, 64, 1, 2],
  [1, 16, 16, 64, 64, 3, 1],
  [1, 16, 16, 64, 128, 3, 2],
  [1, 8, 8, 128, 128, 3, 1],
  [3, 4, 4, 128, 256, 3, 2],
  [3, 4, 4, 128, 256, 1, 2],
  [4, 2, 2, 256, 256, 3, 1],
  [3, 2, 2, 256, 128, 1, 1],
  [1, 8, 8, 128, 64, 1, 1],
  [1, 16, 16, 64, 32, 1, 1],
  [1, 64, 64, 32, 3, 3, 1],
];

/**
 * Every boundary: single pixels and channels, odd sides, channel counts that are no multiple of four, larger
 * filters.
 */
const oddities: readonly Case[] = [
  [1, 1, 1, 1, 3, 3, 1],
  [1, 1, 1, 4, 8, 3, 2],
  [3, 5, 7, 1, 5, 3, 1],
  [1, 5, 7, 5, 3, 3, 2],
  [3, 7, 5, 12, 20, 3, 2],
  [1, 9, 4, 8, 24, 1, 2],
  [2, 5, 7, 256, 5, 3, 2],
  [1, 5, 7, 3, 32, 3, 1],
  [1, 7, 9, 4, 4, 5, 3],
];

/**
 * Every plan runs on any WebGPU device; the processor has no such plans. The oddities skip SwiftShader's
 * plan: its long code is slow to compile, and its structure is that of the GPU's plan.
 */
const plansOn = (backend: BackendName, odd: boolean): readonly ConvolutionDevice[] => {
  if (backend === 'wasm') return ['gpu'];
  return odd ? ['cpu', 'gpu'] : ['cpu', 'swiftshader', 'gpu'];
};

const geometryOf = ([batch, rows, columns, input, output, size, stride]: Case): ConvolutionGeometry =>
  convolutionGeometry([batch, rows, columns, input], [size, size, input, output], stride);

/** Test values, and tensors with these values. */
const makeInputs = (geometry: ConvolutionGeometry) => {
  const { batch, rows, columns, inputChannels, outputRows, outputColumns, outputChannels } = geometry;
  const { kernelRows, kernelColumns, stride } = geometry;
  const sizes = sizesOf(geometry);
  const values = {
    x: hashValues(sizes.x, 1),
    filter: hashValues(sizes.filter, 2),
    dy: hashValues(sizes.y, 3),
  };
  const x = tf.tensor4d(values.x, [batch, rows, columns, inputChannels]);
  const filter = tf.tensor4d(values.filter, [kernelRows, kernelColumns, inputChannels, outputChannels]);
  const dy = tf.tensor4d(values.dy, [batch, outputRows, outputColumns, outputChannels]);
  const attributes: ConvolutionAttributes = { stride, inputShape: x.shape, filterShape: filter.shape };
  return { values, x, filter, dy, attributes };
};

const runKernels = async (
  { x, filter, dy, attributes }: ReturnType<typeof makeInputs>,
  device: ConvolutionDevice,
): Promise<Record<'y' | 'dx' | 'dFilter', Float32Array>> => {
  const run = async (name: string, inputs: tf.NamedTensorMap, shape: number[]): Promise<Float32Array> => {
    const result = tf.engine().runKernel<tf.Tensor>(name, inputs, { ...attributes, device });
    expect(result.shape).toEqual(shape);
    return (await result.data()) as Float32Array;
  };
  return {
    y: await run(convolutionKernels.forward, { x, filter }, dy.shape),
    dx: await run(convolutionKernels.inputGradient, { dy, filter }, x.shape),
    dFilter: await run(convolutionKernels.filterGradient, { x, dy }, filter.shape),
  };
};

/** The error bounds for the algorithm that the backend chooses. */
const tolerancesOf = (backend: BackendName, geometry: ConvolutionGeometry) => {
  const { kernelRows, kernelColumns, inputChannels, outputChannels } = geometry;
  const pixels = geometry.batch * geometry.outputRows * geometry.outputColumns;
  return backend === 'wasm' && winogradPays(geometry)
    ? {
        y: winogradTolerance(inputChannels),
        dx: winogradTolerance(outputChannels),
        dFilter: winogradFilterTolerance(pixels),
      }
    : {
        y: sumTolerance(kernelRows * kernelColumns * inputChannels),
        dx: sumTolerance(kernelRows * kernelColumns * outputChannels),
        dFilter: sumTolerance(pixels),
      };
};

describeBackends('the convolution kernels', (backend) => {
  for (const definition of [...layers, ...oddities]) {
    const geometry = geometryOf(definition);
    const [batch, rows, columns, input, output, size, stride] = definition;
    it(`equal float64 for ${batch}x${rows}x${columns}x${input} to ${output}, ${size}x${size} / ${stride}`, async () => {
      const inputs = makeInputs(geometry);
      const expected = referenceConvolution(geometry, inputs.values);
      const tolerances = tolerancesOf(backend, geometry);
      for (const device of plansOn(backend, oddities.includes(definition))) {
        const actual = await runKernels(inputs, device);
        for (const name of ['y', 'dx', 'dFilter'] as const) {
          const difference = largestDifference(actual[name], expected[name]);
          expect(difference, `${name}, planned for a ${device}`).toBeLessThan(tolerances[name]);
        }
      }
    });
  }

  it('give the same bits every time', async () => {
    const inputs = makeInputs(geometryOf([2, 32, 32, 16, 16, 3, 1]));
    for (const device of plansOn(backend, false)) {
      expect(await runKernels(inputs, device)).toEqual(await runKernels(inputs, device));
    }
  });

  it('add nothing for a tap outside the image, for any content of memory there', async () => {
    const x = tf.tensor4d([Number.POSITIVE_INFINITY, 1], [2, 1, 1, 1]);
    const filter = tf.ones<tf.Rank.R4>([3, 3, 1, 1]);
    expect(Array.from(await convolution(x, filter).data())).toEqual([Number.POSITIVE_INFINITY, 1]);
  });
});

describeBackends('convolution', () => {
  const apply = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
    convolution(x as tf.Tensor4D, filter as tf.Tensor4D, { stride: 2 });

  it('has the gradients that float64 finite differences give', async () => {
    const geometry = geometryOf([1, 5, 4, 2, 3, 3, 2]);
    const { values, x, filter, dy } = makeInputs(geometry);
    const [dx, dFilter] = tf.grads(apply)([x, filter], dy) as [tf.Tensor, tf.Tensor];
    /** The sum of dy y; the gradients are its slopes. */
    const objective = (inputs: Record<'x' | 'filter', Float64Array>): number => {
      const { y } = referenceConvolution(geometry, { ...inputs, dy: values.dy });
      return y.reduce((sum, value, index) => sum + value * values.dy[index]!, 0);
    };
    for (const [name, gradient] of [
      ['x', dx],
      ['filter', dFilter],
    ] as const) {
      const slopes = linearSlopes(values, name, objective);
      // The slopes are exact except for float64's roundings, and float32 sums at most 27 terms.
      expect(largestDifference(await gradient.data(), slopes)).toBeLessThan(sumTolerance(27));
    }
  });

  it('computes only the gradient that is asked for, and leaves no tensor behind', () => {
    const { x, filter, dy } = makeInputs(geometryOf([1, 5, 4, 2, 3, 3, 2]));
    const before = tf.memory().numTensors;
    const gradient = tf.grad((weights) => apply(x, weights))(filter, dy);
    expect(gradient.shape).toEqual(filter.shape);
    expect(tf.memory().numTensors).toBe(before + 1);
  });

  it('sees a filter that was changed in place', async () => {
    const x = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
    const filter = tf.tensor4d([2], [1, 1, 1, 1]);
    const dy = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
    const results = async (): Promise<number[]> => {
      const y = convolution(x, filter);
      const dx = tf.grad((input) => convolution(input as tf.Tensor4D, filter))(x, dy);
      return [(await y.data())[0]!, (await dx.data())[0]!];
    };
    expect(await results()).toEqual([2, 2]);
    copyInto(filter, tf.tensor4d([5], [1, 1, 1, 1]));
    expect(await results()).toEqual([5, 5]);
  });

  it('has stride 1 by default', () => {
    const { x, filter } = makeInputs(geometryOf([1, 5, 4, 2, 3, 3, 1]));
    expect(convolution(x, filter).shape).toEqual([1, 5, 4, 3]);
  });

  it('refuses what it cannot do, naming the value', () => {
    const x = tf.zeros<tf.Rank.R4>([1, 4, 4, 2]);
    const filterOf = (rows: number, columns: number, input: number): tf.Tensor4D =>
      tf.zeros<tf.Rank.R4>([rows, columns, input, 3]);
    expect(() => convolution(x, filterOf(2, 3, 2))).toThrow('2x3');
    expect(() => convolution(x, filterOf(3, 3, 5))).toThrow('5 channels');
    expect(() => convolution(x, filterOf(3, 3, 2), { stride: 0 })).toThrow('stride = 0');
    expect(() => convolution(tf.cast(x, 'int32'), filterOf(3, 3, 2))).toThrow('int32');
  });
});
