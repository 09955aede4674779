/**
 * Test plan: comparison with float64, gradients included, at shapes near the size of a block (128 rows of 16
 * floats or more) and of a chunk (16384 floats), and with channel counts that are no multiple of the vector
 * size; a mean far from 0; a constant channel; NaN; chunks in any order; running averages; no memory left
 * behind.
 */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  type BatchNormCase,
  referenceApply,
  referenceGradient,
  referenceMoments,
} from '#testing/batch-norm-reference.ts';
import { largestDifference, largestMagnitude } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../../cpu/processor.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import { runBackwards } from '../../cpu/testing/chunk-order.ts';
import { openProcessor } from '../../cpu/testing/open-processor.ts';
import { batchNormApply, batchNormEpsilon, batchNormTrain } from './batch-norm.ts';
import { gradientCalls, momentsCalls, normalizeCall, partialBytes } from './batch-norm-calls.ts';
import { planRowChunks } from './row-chunks.ts';
import { joiningNumbers, joinMoments, updateRunningAverages } from './running-statistics.ts';

type Shape = [number, number, number, number];

const unit = 2 ** -24;

const shapes: Shape[] = [
  [1, 1, 2, 1],
  [1, 1, 15, 3],
  [2, 3, 5, 3],
  [1, 64, 33, 1],
  [1, 128, 129, 1],
  [4, 32, 32, 32],
  [3, 31, 23, 24],
  [5, 2, 2, 256],
  [1, 5, 13, 257],
  [2, 6, 6, 512],
  [2, 9, 7, 60],
  [2, 64, 65, 8],
];

const makeCase = (shape: Shape, relu: boolean, shift = 0): BatchNormCase => {
  const channels = shape[3];
  const rows = shape[0] * shape[1] * shape[2];
  return {
    rows,
    channels,
    x: hashValues(rows * channels, 1, shift - 1, shift + 1),
    affine: Float32Array.of(...hashValues(channels, 2, 0.5, 1.5), ...hashValues(channels, 3, -0.5, 0.5)),
    epsilon: batchNormEpsilon,
    relu,
  };
};

const tensors = (given: BatchNormCase, shape: Shape) => ({
  x: tf.tensor4d(Float32Array.from(given.x), shape),
  affine: tf.tensor2d(Float32Array.from(given.affine), [2, given.channels]),
});

/**
 * Allowed error of a normalized value. The mean is rounded once, by |mean| units, and the division by the
 * deviation enlarges this error. Blocks of 128 rows in float32 and the arithmetic add some tens of units of a
 * value of at most 4.
 */
const tolerance = (given: BatchNormCase): number => {
  const moments = referenceMoments(given);
  let ratio = 0;
  for (let channel = 0; channel < given.channels; channel++) {
    const deviation = Math.sqrt(moments[given.channels + channel]! + given.epsilon);
    ratio = Math.max(ratio, Math.abs(moments[channel]!) / deviation);
  }
  return unit * (64 + 4 * ratio);
};

let backend: ProcessorBackend;
beforeAll(async () => {
  backend = await openProcessor();
});

describe('batchNormTrain on the processor', () => {
  for (const shape of shapes) {
    for (const relu of [false, true]) {
      it(`agrees with float64 on [${shape}]${relu ? ' with ReLU' : ''}, gradient included`, () => {
        const given = makeCase(shape, relu);
        const { x, affine } = tensors(given, shape);
        const weights = hashValues(given.rows * given.channels, 4);
        const { y, moments } = batchNormTrain(x, affine, { relu });
        const [dx, daffine] = tf.grads(
          (input, scale) => batchNormTrain(input as tf.Tensor4D, scale as tf.Tensor2D, { relu }).y,
        )([x, affine], tf.tensor4d(weights, shape)) as [tf.Tensor, tf.Tensor];

        const expected = referenceMoments(given);
        expect(largestDifference(moments.dataSync(), expected)).toBeLessThan(tolerance(given));
        expect(largestDifference(y.dataSync(), referenceApply(given, expected))).toBeLessThan(
          tolerance(given),
        );
        // Every term of the gradient is of the order of largest |dy| weight / deviation.
        const gradient = referenceGradient(given, weights);
        const dxScale = Math.max(1, largestMagnitude(gradient.dx));
        expect(largestDifference(dx.dataSync(), gradient.dx)).toBeLessThan(8 * tolerance(given) * dxScale);
        // A block's error is at most about the square root of its row count, in units of its largest term.
        const sumScale = 1 + Math.sqrt(given.rows) / 8;
        expect(largestDifference(daffine.dataSync(), gradient.daffine)).toBeLessThan(
          tolerance(given) * sumScale,
        );
      });
    }
  }

  it('keeps its digits if the mean is 4000 times the deviation', () => {
    const shape: Shape = [2, 64, 48, 32];
    const given = makeCase(shape, false, 2000);
    const { x, affine } = tensors(given, shape);
    const { y, moments } = batchNormTrain(x, affine);
    const expected = referenceMoments(given);
    const got = moments.dataSync();
    // The variance is computed from distances to block means, and float32 represents each mean to within 2000
    // units.
    expect(largestDifference(got.slice(32), expected.slice(32))).toBeLessThan(32 * unit);
    expect(largestDifference(got.slice(0, 32), expected.slice(0, 32))).toBeLessThan(2000 * unit);
    expect(largestDifference(y.dataSync(), referenceApply(given, expected))).toBeLessThan(tolerance(given));
  });

  it('gives the shift alone where a channel is constant', () => {
    const x = tf.tensor4d(new Float32Array(2 * 4 * 4 * 3).fill(7), [2, 4, 4, 3]);
    const affine = tf.tensor2d([2, 2, 2, 0.25, -0.5, 0], [2, 3]);
    const { y, moments } = batchNormTrain(x, affine);
    expect(Array.from(moments.dataSync())).toEqual([7, 7, 7, 0, 0, 0]);
    expect(Array.from(y.dataSync().slice(0, 3))).toEqual([0.25, -0.5, 0]);
  });

  it('lets NaN through ReLU and into every gradient', () => {
    const x = tf.tensor4d(new Float32Array(640).fill(Number.NaN), [1, 8, 20, 4]);
    const affine = tf.tensor2d(new Float32Array(8).fill(1), [2, 4]);
    const { y } = batchNormTrain(x, affine, { relu: true });
    expect(y.dataSync().every(Number.isNaN)).toBe(true);
    const [dx, daffine] = tf.grads(
      (input, scale) => batchNormTrain(input as tf.Tensor4D, scale as tf.Tensor2D, { relu: true }).y,
    )([x, affine], tf.tensor4d(new Float32Array(640).fill(1), [1, 8, 20, 4])) as [tf.Tensor, tf.Tensor];
    expect(dx.dataSync().every(Number.isNaN)).toBe(true);
    expect(daffine.dataSync().slice(0, 4).every(Number.isNaN)).toBe(true);
  });

  it('leaves nothing behind but its results', () => {
    const shape: Shape = [4, 8, 8, 32];
    const { x, affine } = tensors(makeCase(shape, true), shape);
    const dy = tf.tensor4d(new Float32Array(x.size).fill(1), shape);
    const run = () =>
      tf.dispose(
        tf.grads(
          (input, scale) => batchNormTrain(input as tf.Tensor4D, scale as tf.Tensor2D, { relu: true }).y,
        )([x, affine], dy),
      );
    run();
    const before = [tf.memory().numTensors, backend.numDataIds(), backend.processor.heap.usedBytes];
    run();
    expect([tf.memory().numTensors, backend.numDataIds(), backend.processor.heap.usedBytes]).toEqual(before);
  });
});

describe('batchNormApply on the processor', () => {
  for (const relu of [false, true]) {
    it(`normalizes by the statistics given${relu ? ', with ReLU' : ''}`, () => {
      const shape: Shape = [3, 5, 7, 12];
      const given = makeCase(shape, relu);
      const { x, affine } = tensors(given, shape);
      const statistics = Float32Array.of(...hashValues(12, 5), ...hashValues(12, 6, 0.2, 2));
      const y = batchNormApply(x, affine, tf.tensor2d(statistics, [2, 12]), { relu });
      expect(largestDifference(y.dataSync(), referenceApply(given, statistics))).toBeLessThan(64 * unit);
    });
  }
});

describe('chunks of batch norm', () => {
  it('give the same bits in any order', () => {
    const processor = new Processor();
    const given = { rows: 6001, channels: 24, epsilon: 1e-5, relu: true };
    const size = given.rows * given.channels;
    const place = (floats: number, values?: Float32Array) => {
      const address = processor.heap.allocate(floats * 4);
      if (values) processor.floatsAt(address, floats).set(values);
      return address;
    };
    const at = {
      x: place(size, hashValues(size, 1)),
      dy: place(size, hashValues(size, 2)),
      affine: place(48, hashValues(48, 3)),
      partials: place(partialBytes(given) / 4),
      moments: place(48),
      daffine: place(48),
      y: place(size),
      dx: place(size),
    };
    const calls = [...momentsCalls(given, at), normalizeCall(given, at), ...gradientCalls(given, at)];
    expect(planRowChunks(given.rows, given.channels).chunks).toBeGreaterThan(3);
    const results = () =>
      (['moments', 'daffine', 'y', 'dx'] as const).map((name) =>
        processor.floatsAt(at[name], name === 'y' || name === 'dx' ? size : 48).slice(),
      );
    for (const call of calls) processor.run(call);
    const forwards = results();
    for (const address of [at.moments, at.daffine]) processor.floatsAt(address, 48).fill(0);
    for (const call of calls) runBackwards(processor, call);
    expect(results()).toEqual(forwards);
  });

  it('follow from the shapes', () => {
    expect(planRowChunks(65_536, 8)).toMatchObject({ repeat: 2, rowsPerChunk: 2048, chunks: 32 });
    expect(planRowChunks(30, 3)).toMatchObject({ repeat: 16, chunks: 1 });
    expect(planRowChunks(2 ** 22, 32).chunks).toBe(256);
    expect(() => planRowChunks(0, 3)).toThrow('got 0 rows');
  });
});

describe('running statistics on the processor', () => {
  it('join the moments of all batches, weighted by their sizes', () => {
    const batches = [hashValues(30, 1, 0, 1), hashValues(90, 2, 5, 6), hashValues(3, 3, -9, 9)];
    const population = tf.tensor2d(new Float32Array(6), [2, 3]);
    let seen = 0;
    for (const batch of batches) {
      const rows = batch.length / 3;
      seen += rows;
      const x = tf.tensor4d(batch, [1, 1, rows, 3]);
      const { moments } = batchNormTrain(x, tf.tensor2d([1, 1, 1, 1, 1, 1], [2, 3]));
      joinMoments([population], [{ moments, batchNorms: 1 }], tf.tensor1d(joiningNumbers(rows / seen)));
    }
    const all = Float32Array.from(batches.flatMap((batch) => Array.from(batch)));
    const expected = referenceMoments({ ...makeCase([1, 1, 41, 3], false), x: all });
    // Means reach 9 and variances 20. Each is rounded a few times: 32 units times 20.
    expect(largestDifference(population.dataSync(), expected)).toBeLessThan(32 * 20 * unit);
  });

  it('move by a tenth, with the unbiased variance', () => {
    const running = tf.tensor2d([0, 1, 2, 1, 1, 1], [2, 3]);
    const moments = tf.tensor2d([10, 10, 10, 3, 3, 3], [2, 3]);
    updateRunningAverages([running], [{ moments, batchNorms: 1 }], [4]);
    expect(largestDifference(running.dataSync(), [1, 1.9, 2.8, 1.3, 1.3, 1.3])).toBeLessThan(1e-6);
  });
});
