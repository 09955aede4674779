/** Runs the plan of GPUs on any device: its results equal those of the device's own plan. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { describeGpu } from '#testing/gpu.ts';
import { hashValues } from '#testing/hash-values.ts';
import { webgpuBackend } from '../../webgpu/backend.ts';
import { referenceSsim, ssimTolerance } from './ssim-reference.ts';
import { runSsim, runSsimGradient } from './ssim-webgpu.ts';

type Shape = readonly [number, number, number, number];

const attributes = { window: 11, sigma: 1.5, c1: 0.01 ** 2, c2: 0.03 ** 2 };

describeGpu('SSIM as a GPU runs it', () => {
  for (const shape of [
    [1, 11, 11, 1],
    [2, 21, 35, 3],
    [1, 64, 64, 3],
  ] as readonly Shape[]) {
    it(`agrees with float64 at ${shape.join(' x ')}`, async () => {
      const count = tf.util.sizeFromShape([...shape]);
      const [x, y] = [hashValues(count, 3, 0, 1), hashValues(count, 4, 0, 1)];
      const expected = referenceSsim(x, y, shape);
      const backend = webgpuBackend();
      const pair = { x: tf.tensor4d(x, [...shape]), y: tf.tensor4d(y, [...shape]) };
      const dy = tf.scalar(1);
      const [loss, maps] = runSsim(backend, pair, attributes, 'gpu');
      const gradient = runSsimGradient(backend, { ...pair, maps, dy }, attributes, 'gpu');
      const read = (info: tf.TensorInfo) => tf.engine().makeTensorFromTensorInfo(info).data();
      const [value] = await read(loss);
      const tolerance = ssimTolerance();
      expect(Math.abs(value - expected.loss)).toBeLessThanOrEqual(tolerance.loss * expected.lossMagnitude);
      const slopes = await read(gradient);
      slopes.forEach((slope, i) => {
        const bound = tolerance.gradient * expected.gradientMagnitude[i] + 2 ** -126;
        if (!(Math.abs(slope - expected.gradient[i]) <= bound)) {
          expect.fail(`Value ${i} is ${slope}, expected ${expected.gradient[i]} within ${bound}.`);
        }
      });
      backend.disposeData(maps.dataId);
    });
  }
});
