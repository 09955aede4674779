/** The losses that are special cases of the WFDL, each with its weight: Eq. 5 and Eq. 8. */
import * as tf from '@tensorflow/tfjs-core';
import type { WeightName } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import { frequencyWeight, type WeightConfig } from '#core/frequency-weight/frequency-weight.ts';
import { weightInCurriculum } from '#engine/ops/curriculum/curriculum-weight.ts';
import { meanMagnitude } from '#engine/ops/mean-magnitude/mean-magnitude.ts';
import { wfdlLoss, wfdlLossByTwo } from '#engine/ops/wfdl/wfdl.ts';
import { createAdaptiveWeight, meanMagnitudeOf } from './adaptive-weight.ts';
import type { Loss, TrainingImages } from './loss.ts';

/** A weight tensor for each batch. */
interface WeightSource {
  /** @returns float32 [S, S], for use in a tidy scope */
  readonly weightFor: (x: tf.Tensor4D) => tf.Tensor2D;
  readonly dispose: () => void;
}

const fixed = (weight: tf.Tensor2D): WeightSource => {
  tf.keep(weight);
  return { weightFor: () => weight, dispose: () => weight.dispose() };
};

const fromConfig = (config: WeightConfig, side: number): WeightSource =>
  fixed(tf.tensor2d(frequencyWeight(config, side, side), [side, side]));

const fromTrainingImages = (
  config: WeightConfig,
  side: number,
  trainingImages: TrainingImages | undefined,
): WeightSource => {
  if (!trainingImages) {
    throw new ResiduaError('internal', `The weight ${config.weight} got no training images.`, '');
  }
  const adaptive = createAdaptiveWeight(config, side);
  const mean = meanMagnitudeOf(trainingImages());
  const weight = adaptive.weightOf(mean);
  mean.dispose();
  adaptive.dispose();
  return fixed(weight);
};

const fromBatch = (config: WeightConfig, side: number): WeightSource => {
  const { weightOf, dispose } = createAdaptiveWeight(config, side);
  return { weightFor: (x) => weightOf(meanMagnitude(x)), dispose };
};

const sources: Partial<Record<WeightName, typeof fromTrainingImages>> = {
  'adaptive-dataset': fromTrainingImages,
  'adaptive-batch': fromBatch,
};

/** The shares of Eq. 5 (the uniform weight with its DC term) and Eq. 8 (the config's weight) in a loss. */
export interface SpectralShares {
  readonly frequency: number;
  readonly wfdl: number;
}

/**
 * Creates the sum of Eq. 5 and Eq. 8 with these shares. Both are linear in the weight, so it is one WFDL of the summed weight.
 * @param trainingImages for the weight `adaptive-dataset`; called once, immediately
 */
export const createSpectralLoss = (
  config: WeightConfig,
  { frequency, wfdl }: SpectralShares,
  side: number,
  trainingImages: TrainingImages | undefined,
): Loss => {
  const uniform: WeightConfig = { ...config, weight: 'uniform', dcWeight: 1 };
  const source =
    wfdl === 0
      ? fromConfig(uniform, side)
      : (sources[config.weight] ?? fromConfig)(config, side, trainingImages);
  const [factor, offset] = wfdl === 0 ? [frequency, 0] : [wfdl, frequency];
  const summed = (weight: tf.Tensor2D): tf.Tensor2D =>
    factor === 1 && offset === 0 ? weight : tf.add(tf.mul(weight, factor), offset);
  const loss: Loss['loss'] = (x, y) => tf.tidy(() => wfdlLoss(x, y, summed(source.weightFor(x))));
  if (wfdl === 0) return { loss, dispose: source.dispose };
  return {
    loss,
    stepLoss: (x, y, exponent) =>
      tf.tidy(() => {
        const weight = source.weightFor(x);
        const present = weightInCurriculum(weight, exponent, config.dcWeight);
        const [objective, final] = wfdlLossByTwo(x, y, summed(present), summed(weight));
        return { objective, final };
      }),
    dispose: source.dispose,
  };
};
