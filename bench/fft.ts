/** Times our transform and loss beside tfjs's own transform, in a browser; the backend must be running. */
import * as tf from '@tensorflow/tfjs-core';
import { frequencyWeight } from '#core/frequency-weight.ts';
import { rfft2d } from '#gpu/fft/rfft2d.ts';
import { wfdlLoss } from '#gpu/wfdl/wfdl.ts';

/** A measured operation. Times in milliseconds a call. */
export interface FftTiming {
  readonly id: 'rfft2d' | 'wfdl-loss-and-gradient' | 'tfjs-fft2d';
  readonly medianMs: number;
  /** The first call, with its compilation. */
  readonly firstMs: number;
}

/** Waits for the GPU by reading one value of the result. */
const settle = async (result: tf.Tensor): Promise<void> => {
  const probe = tf.slice(tf.reshape(result, [-1]), 0, 1);
  await probe.data();
  probe.dispose();
};

/** Runs `calls` calls a sample, since a readback may wait for a clock tick (100 ms in Firefox). */
const time = async (
  id: FftTiming['id'],
  run: () => tf.Tensor,
  calls: number,
  samples: number,
): Promise<FftTiming> => {
  const sample = async (count: number): Promise<number> => {
    const start = performance.now();
    for (let call = 1; call < count; call++) run().dispose();
    const last = run();
    await settle(last);
    last.dispose();
    return (performance.now() - start) / count;
  };
  const firstMs = await sample(1);
  await sample(calls);
  const times: number[] = [];
  for (let i = 0; i < samples; i++) times.push(await sample(calls));
  times.sort((a, b) => a - b);
  return { id, medianMs: times[samples >> 1], firstMs };
};

/**
 * Times the transform of [batch, side, side, 3] images, the loss with its gradient, and the stock transform of the same
 * number of matrices.
 * @param calls calls a sample of ours; the stock transform, O(N^2), is called once a sample
 */
export const benchFft = async (side: number, batch: number, calls: number): Promise<FftTiming[]> => {
  const x = tf.randomUniform<tf.Rank.R4>([batch, side, side, 3], 0, 1, 'float32', 1);
  const y = tf.randomUniform<tf.Rank.R4>([batch, side, side, 3], 0, 1, 'float32', 2);
  const weight = tf.tensor2d(frequencyWeight('radial', side, side, 1), [side, side]);
  const gradient = tf.grad((t) => wfdlLoss(x, t as tf.Tensor4D, weight));
  const planes = tf.tidy(() =>
    tf.complex(tf.randomUniform([3 * batch, side, side]), tf.zeros([3 * batch, side, side])),
  );
  // The stock transform of rows, twice: its transpose takes no complex tensor, and a square's columns cost the same.
  const stock = () => tf.tidy(() => tf.real(tf.fft(tf.fft(planes))));
  const timings = [
    await time('rfft2d', () => rfft2d(x, { channelsLast: true }), calls, 5),
    await time('wfdl-loss-and-gradient', () => gradient(y), calls, 5),
    await time('tfjs-fft2d', stock, 1, 3),
  ];
  tf.dispose([x, y, weight, planes]);
  return timings;
};
