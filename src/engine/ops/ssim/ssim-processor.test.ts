/** Tests of the processor alone, beside `ssim.gpu.test.ts`: NaN; no memory left; chunks in any order. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gaussianWindow } from '#core/ssim-window.ts';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../../cpu/processor.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import { placeFloats, runInBothOrders } from '../../cpu/testing/chunk-order.ts';
import { openProcessor } from '../../cpu/testing/open-processor.ts';
import { ssimLoss } from './ssim.ts';
import { ssimCalls, ssimGradientCall, ssimParts } from './ssim-calls.ts';
import { windowCounts } from './ssim-plan.ts';

type Shape = readonly [number, number, number, number];

let backend: ProcessorBackend;
beforeAll(async () => {
  backend = await openProcessor();
});

const image = (shape: Shape, series: number): Float32Array =>
  hashValues(tf.util.sizeFromShape([...shape]), series, 0, 1);

const lossAndGradient = (x: Float32Array, y: Float32Array, shape: Shape) => {
  const target = tf.tensor4d(x, [...shape]);
  const { value, grad } = tf.valueAndGrad((t) => ssimLoss(target, t as tf.Tensor4D))(
    tf.tensor4d(y, [...shape]),
  );
  return { loss: value.dataSync()[0]!, gradient: grad.dataSync() as Float32Array };
};

describe('the SSIM loss on the processor', () => {
  it('lets NaN through', () => {
    const shape: Shape = [1, 12, 12, 1];
    const y = image(shape, 1);
    y[70] = Number.NaN;
    const { loss, gradient } = lossAndGradient(image(shape, 2), y, shape);
    expect(loss).toBeNaN();
    expect(gradient.every(Number.isNaN)).toBe(true);
  });

  it('leaves nothing behind', () => {
    const shape: Shape = [1, 16, 16, 3];
    const [x, y] = [tf.tensor4d(image(shape, 1), [...shape]), tf.tensor4d(image(shape, 2), [...shape])];
    const gradient = tf.grad((t) => ssimLoss(x, t as tf.Tensor4D));
    const count = () => [tf.memory().numTensors, backend.numDataIds(), backend.processor.heap.usedBytes];
    tf.dispose([ssimLoss(x, y), gradient(y)]);
    const before = count();
    tf.dispose([ssimLoss(x, y), gradient(y)]);
    expect(count()).toEqual(before);
  });

  it('gives the same bits with its chunks in any order', () => {
    const shape = { batch: 2, rows: 90, columns: 100, channels: 3 };
    const size = 2 * 90 * 100 * 3;
    const processor = new Processor();
    const place = (values: Float32Array) => placeFloats(processor, values);
    const parts = ssimParts(shape, 11);
    expect(parts).toBeGreaterThan(4);
    const at = {
      x: place(hashValues(size, 1, 0, 1)),
      y: place(hashValues(size, 2, 0, 1)),
      taps: place(new Float32Array(gaussianWindow(11, 1.5).buffer)),
      maps: place(new Float32Array(3 * windowCounts(shape, 11).all)),
      parts: place(new Float32Array(2 * parts)),
      loss: place(new Float32Array(1)),
      dy: place(Float32Array.of(1)),
      gradient: place(new Float32Array(size)),
    };
    const calls = [
      ...ssimCalls(shape, { window: 11, c1: 1e-4, c2: 9e-4 }, at),
      ssimGradientCall(shape, 11, at),
    ];
    const [forwards, backwards] = runInBothOrders(processor, calls, [
      [at.loss, 1],
      [at.gradient, size],
    ]);
    expect(backwards).toEqual(forwards);
  });
});
