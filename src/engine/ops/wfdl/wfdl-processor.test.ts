/** Tests of the processor alone, beside `wfdl.gpu.test.ts`: NaN; tiny differences; no memory left; chunks in any order. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { frequencyWeight } from '#core/frequency-weight/frequency-weight.ts';
import { presets } from '#core/presets.ts';
import { relativeError } from '#testing/compare.ts';
import { hashValues } from '#testing/hash-values.ts';
import { Processor } from '../../cpu/processor.ts';
import type { ProcessorBackend } from '../../cpu/processor-backend.ts';
import { placeFloats, runInBothOrders } from '../../cpu/testing/chunk-order.ts';
import { openProcessor } from '../../cpu/testing/open-processor.ts';
import { planSpectrum } from '../fft/cpu/spectrum-calls.ts';
import { twiddleTable } from '../fft/twiddles.ts';
import { wfdlLoss } from './wfdl.ts';
import { wfdlCalls, wfdlRoom } from './wfdl-calls.ts';
import { referenceWfdl } from './wfdl-reference.ts';

type Shape = readonly [number, number, number, number];

let backend: ProcessorBackend;
beforeAll(async () => {
  backend = await openProcessor();
});

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);
const image = (shape: Shape, series: number): Float32Array => hashValues(sizeOf(shape), series, 0, 1);
const tensor = (values: Float32Array, shape: Shape): tf.Tensor4D => tf.tensor4d(values, [...shape]);

describe('the weighted frequency domain loss on the processor', () => {
  const weightOf = (rows: number, columns: number, dcWeight = 1): Float32Array =>
    frequencyWeight({ ...presets.paper, weight: 'radial-literal', dcWeight }, rows, columns);

  const lossAndGradient = (x: Float32Array, y: Float32Array, weight: Float32Array, shape: Shape) => {
    const w = tf.tensor2d(weight, [shape[1], shape[2]]);
    const { value, grad } = tf.valueAndGrad((t) => wfdlLoss(tensor(x, shape), t as tf.Tensor4D, w))(
      tensor(y, shape),
    );
    return { loss: value.dataSync()[0]!, gradient: grad.dataSync() as Float32Array };
  };

  it('has its whole gradient where the difference is 1e-25', () => {
    const shape: Shape = [1, 16, 16, 1];
    const x = new Float32Array(256);
    const weight = weightOf(16, 16);
    const y = image(shape, 4).map((value) => value * 1e-25);
    const expected = referenceWfdl(x, y, weight, shape).gradient;
    const { gradient } = lossAndGradient(x, y, weight, shape);
    // Two transforms of 8 levels with a rounding of 2^-24 each, and a factor 4 for small |D|.
    expect(relativeError(gradient, expected)).toBeLessThan(4 * 2 * 8 * 2 ** -24);
  });

  it('lets NaN through', () => {
    const shape: Shape = [1, 8, 8, 1];
    const y = image(shape, 1);
    y[13] = Number.NaN;
    const { loss, gradient } = lossAndGradient(image(shape, 2), y, weightOf(8, 8), shape);
    expect(loss).toBeNaN();
    expect(gradient.every(Number.isNaN)).toBe(true);
  });

  it('leaves nothing behind', () => {
    const shape: Shape = [1, 16, 16, 3];
    const [x, y] = [tensor(image(shape, 1), shape), tensor(image(shape, 2), shape)];
    const weight = tf.tensor2d(weightOf(16, 16), [16, 16]);
    const gradient = tf.grad((t) => wfdlLoss(x, t as tf.Tensor4D, weight));
    const count = () => [tf.memory().numTensors, backend.numDataIds(), backend.processor.heap.usedBytes];
    tf.dispose([wfdlLoss(x, y, weight), gradient(y)]);
    const before = count();
    tf.dispose([wfdlLoss(x, y, weight), gradient(y)]);
    expect(count()).toEqual(before);
  });

  it('gives the same bits with its chunks in any order', () => {
    const shape = { outer: 3, rows: 256, columns: 32, inner: 3 };
    const processor = new Processor();
    const size = 3 * 256 * 32 * 3;
    const place = (values: Float32Array) => placeFloats(processor, values);
    const room = wfdlRoom(planSpectrum(shape));
    const at = {
      x: place(hashValues(size, 1, 0, 1)),
      y: place(hashValues(size, 2, 0, 1)),
      weight: place(hashValues(256 * 32, 3, 0, 1)),
      loss: place(new Float32Array(1)),
      gradient: place(new Float32Array(size)),
      spectrum: processor.heap.allocate(room.spectrum),
      folded: processor.heap.allocate(room.folded),
      parts: processor.heap.allocate(room.parts),
      rowTwiddles: place(twiddleTable(32)),
      columnTwiddles: place(twiddleTable(256)),
    };
    const [forwards, backwards] = runInBothOrders(processor, wfdlCalls(shape, at), [
      [at.loss, 1],
      [at.gradient, size],
    ]);
    expect(backwards).toEqual(forwards);
  });
});
