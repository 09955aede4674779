/**
 * The cost of the frequency loss within a training step at side 256.
 *
 * The loss with its gradient is timed alone, alternating with the whole step, and divided by it. The alternative, the
 * difference between steps with WFDL and with a free loss, would subtract two long times that each vary by more than the few
 * percent in question. Alone, nothing overlaps with the loss, so its share is not understated.
 */
import * as tf from '@tensorflow/tfjs-core';
import { createLoss } from '#losses/create-loss.ts';
import { benchRow } from '../../bench-row.ts';
import { benchImages } from '../../images.ts';
import { measure } from '../../measure.ts';
import { createStep, stepSettings } from '../../step.ts';
import type { BenchCase } from '../bench-case.ts';

const id = 'loss-share-256';
const side = 256;
const batch = 1;

/** One image: loss and step both grow with the batch. `ratio` is the share, medianMs the loss, baselineMs the step. */
export const lossShareCase: BenchCase = {
  ids: [id],
  slow: true,
  run: async ({ timing }) => {
    const training = createStep({ side, batch, width: 1 });
    const loss = createLoss(stepSettings, side);
    const shape: [number, number, number, number] = [batch, side, side, 3];
    const x = tf.tensor4d(benchImages(batch, side), shape);
    const y = tf.randomUniform<tf.Rank.R4>(shape, 0, 1, 'float32', 2);
    const valueAndGradient = tf.valueAndGrad((reconstruction) => loss.loss(x, reconstruction as tf.Tensor4D));
    try {
      const [alone, step] = await measure(
        [
          {
            call: () => {
              const { value, grad } = valueAndGradient(y);
              value.dispose();
              return grad;
            },
          },
          { call: training.step },
        ],
        timing,
      );
      return [
        benchRow(
          {
            id,
            baseline: 'the whole step: ratio is the share of it',
            ratio: alone!.medianMs / step!.medianMs,
            medianMs: alone!.medianMs,
            baselineMs: step!.medianMs,
          },
          {},
        ),
      ];
    } finally {
      tf.dispose([x, y]);
      loss.dispose();
      training.dispose();
    }
  },
};
