/** Creates the training objective of a run's config. */
import * as tf from '@tensorflow/tfjs-core';
import { compositeShares, type LossName, type RunConfig } from '#core/config.ts';
import { ResiduaError } from '#core/errors.ts';
import type { WeightConfig } from '#core/frequency-weight/frequency-weight.ts';
import { focalFrequencyLoss } from '#engine/ops/focal-frequency/focal-frequency.ts';
import { ssimLoss } from '#engine/ops/ssim/ssim.ts';
import { l2Loss } from './l2.ts';
import type { Loss, StepLoss, TrainingImages } from './loss.ts';
import { createSpectralLoss } from './spectral-loss.ts';

export type { Loss, StepLoss, TrainingImages } from './loss.ts';

/** The settings that determine a loss. */
export type LossConfig = WeightConfig &
  Pick<
    RunConfig,
    | 'loss'
    | 'ssimWindow'
    | 'ssimSigma'
    | 'ssimK1'
    | 'ssimK2'
    | 'focalAlpha'
    | (typeof compositeShares)[keyof typeof compositeShares]
  >;

type Creator = (config: LossConfig, side: number, trainingImages: TrainingImages | undefined) => Loss;

const stateless = (loss: Loss['loss']): Loss => ({ loss, dispose: () => undefined });

const createL2: Creator = () => stateless(l2Loss);

const createSsim: Creator = ({ ssimWindow: window, ssimSigma: sigma, ssimK1: k1, ssimK2: k2 }) =>
  stateless((x, y) => ssimLoss(x, y, { window, sigma, k1, k2 }));

const createFocalFrequency: Creator = ({ focalAlpha: alpha }) =>
  stateless((x, y) => focalFrequencyLoss(x, y, { alpha }));

/** The sum of the parts with a share above 0. Eq. 5 and Eq. 8 together are one part, with one transform. */
const createComposite: Creator = (config, side, trainingImages) => {
  const shareOf = (name: keyof typeof compositeShares): number => config[compositeShares[name]];
  const spectral = { frequency: shareOf('frequency'), wfdl: shareOf('wfdl') };
  const parts: readonly { share: number; create: () => Loss }[] = [
    { share: shareOf('l2'), create: () => createL2(config, side, trainingImages) },
    { share: shareOf('ssim'), create: () => createSsim(config, side, trainingImages) },
    {
      share: shareOf('focal-frequency'),
      create: () => createFocalFrequency(config, side, trainingImages),
    },
    {
      share: spectral.frequency + spectral.wfdl > 0 ? 1 : 0,
      create: () => createSpectralLoss(config, spectral, side, trainingImages),
    },
  ];
  const losses = parts.filter(({ share }) => share > 0).map(({ share, create }) => ({ share, ...create() }));
  if (losses.length === 0) {
    throw new ResiduaError(
      'config-invalid',
      `The composite loss has no parts: ${Object.values(compositeShares).join(', ')} are all 0.`,
      'Set one of them above 0.',
    );
  }
  const summed = (parts: readonly tf.Scalar[]): tf.Scalar =>
    parts
      .map((part, index) => tf.mul<tf.Scalar>(part, losses[index]!.share))
      .reduce((sum, part) => tf.add<tf.Scalar>(sum, part));
  const stepLoss = (x: tf.Tensor4D, y: tf.Tensor4D, exponent: tf.Scalar): StepLoss =>
    tf.tidy(() => {
      const parts = losses.map((part): StepLoss => {
        if (part.stepLoss) return part.stepLoss(x, y, exponent);
        const value = part.loss(x, y);
        return { objective: value, final: value };
      });
      return {
        objective: summed(parts.map(({ objective }) => objective)),
        final: summed(parts.map(({ final }) => final)),
      };
    });
  return {
    loss: (x, y) => tf.tidy(() => summed(losses.map(({ loss }) => loss(x, y)))),
    ...(losses.some((part) => part.stepLoss) ? { stepLoss } : {}),
    dispose: () => {
      for (const { dispose } of losses) dispose();
    },
  };
};

const creators: Readonly<Record<LossName, Creator>> = {
  l2: createL2,
  ssim: createSsim,
  frequency: (config, side, trainingImages) =>
    createSpectralLoss(config, { frequency: 1, wfdl: 0 }, side, trainingImages),
  wfdl: (config, side, trainingImages) =>
    createSpectralLoss(config, { frequency: 0, wfdl: 1 }, side, trainingImages),
  'focal-frequency': createFocalFrequency,
  composite: createComposite,
};

/**
 * Creates the loss of a config. It owns its weight tensors until `dispose`, even inside `tidy`. The weight `adaptive-batch`
 * depends on the images in each call: those of a micro-batch if the batch is split.
 * @param side side of its images, in pixels
 * @param trainingImages called once, immediately, and only for the weight `adaptive-dataset`
 * @throws ResiduaError `config-invalid` if the composite has no parts, or a weight curve is 0 at all frequencies;
 *   `internal` if a weight needs training images and there are none
 */
export const createLoss = (config: LossConfig, side: number, trainingImages?: TrainingImages): Loss =>
  creators[config.loss](config, side, trainingImages);
