import * as tf from '@tensorflow/tfjs-core';
import { expect, it, vi } from 'vitest';
import { describeBackends, describeGpu } from '#testing/gpu.ts';
import { webgpuBackend } from './backend.ts';
import { readValues } from './readback.ts';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describeBackends('a readback', () => {
  it('gives the values, again and again, and leaves the tensor', async () => {
    const tensor = tf.mul(tf.tensor1d([1, -2, 0.5]), 2);
    for (let time = 0; time < 3; time++) expect([...(await readValues(tensor))]).toEqual([2, -4, 1]);
    expect(tensor.isDisposed).toBe(false);
    tensor.dispose();
  });
});

describeGpu('a readback from the GPU', () => {
  it('submits nothing once it is over', async () => {
    const tensor = tf.add(tf.tensor1d([1]), 1);
    await readValues(tensor);
    tensor.dispose();
    const submit = vi.spyOn(webgpuBackend().device.queue, 'submit');
    await pause(30);
    expect(submit).not.toHaveBeenCalled();
    submit.mockRestore();
  });

  it('that the device does not answer is given up: the device counts as lost', async () => {
    // tfjs computes smaller tensors on the CPU.
    const tensor = tf.add(tf.ones([2000]), 1);
    const map = vi.spyOn(GPUBuffer.prototype, 'mapAsync').mockReturnValue(new Promise(() => {}));
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const given = expect(readValues(tensor)).rejects.toMatchObject({
      code: 'device-lost',
      problem: expect.stringMatching(/not answered for \d+ s/),
    });
    // Firefox looks for the answer every 2 ms.
    const submit = vi.spyOn(webgpuBackend().device.queue, 'submit').mockReturnValue(undefined);
    try {
      vi.advanceTimersByTime(120_000);
      await given;
    } finally {
      vi.useRealTimers();
      submit.mockRestore();
      map.mockRestore();
    }
    tensor.dispose();
  });
});
