import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { describeGpu } from '#testing/gpu.ts';
import { webgpuBackend } from './backend.ts';
import { compileAhead } from './compile-ahead.ts';

describeGpu('compiling ahead', () => {
  it('reports the compiled fraction up to 1, and lets kernels be used before', async () => {
    const x = tf.tensor1d([0, 1]);
    const shares: number[] = [];
    const compiled = compileAhead(
      () => tf.tidy(() => void tf.sinh(tf.cosh(x))),
      (share) => shares.push(share),
    );
    const [first, second] = await tf.sinh(tf.cosh(x)).data();
    expect(first).toBeCloseTo(Math.sinh(1), 4);
    expect(second).toBeCloseTo(Math.sinh(Math.cosh(1)), 4);
    await compiled;
    expect(shares).toEqual([0.5, 1]);
  });

  it('compiles no kernel twice, and waits for those of an earlier call', async () => {
    const x = tf.tensor1d([0.5]);
    const asked = vi.spyOn(webgpuBackend().device, 'createComputePipelineAsync');
    const record = (): void => tf.tidy(() => void tf.asin(tf.atan(x)));
    const shares: number[] = [];
    const first = compileAhead(record);
    await compileAhead(
      () => tf.tidy(() => void tf.acos(tf.atan(x))),
      (share) => shares.push(share),
    );
    expect(shares).toEqual([1 / 3, 2 / 3, 1]);
    await first;
    await compileAhead(record, (share) => shares.push(share));
    expect(asked).toHaveBeenCalledTimes(3);
    expect(shares).toHaveLength(3);
    asked.mockRestore();
  });
});
