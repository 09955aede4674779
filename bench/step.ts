/** A whole training step by our own code, on whatever backend is active when it is made. */
import * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { createLoss } from '#losses/create-loss.ts';
import { createAutoencoder } from '#model/autoencoder.ts';
import { createRadam } from '#optim/radam.ts';
import { recordStep } from '#training/train-step.ts';
import { benchImages } from './images.ts';
import { submittedAsOne } from './submission.ts';

export interface StepSize {
  /** Side of the images, in pixels. */
  readonly side: number;
  readonly batch: number;
  /** Multiplier of all channel counts. */
  readonly width: number;
}

/** A model in training. Its tensors belong to the backend that it was made on. */
export interface TrainingStep {
  /** Uploads the batch and records forward pass, loss, backward pass and update; the caller disposes the loss. */
  readonly step: () => tf.Scalar;
  readonly dispose: () => void;
}

/** What training starts from, in both implementations. */
export const stepSettings: RunConfig = { ...presets.recommended, seed: 1 };

/** What `AutoencoderRun` does at every step: model, WFDL and RAdam of ours. */
export const createStep = ({ side, batch, width }: StepSize): TrainingStep => {
  const images = benchImages(batch, side);
  const model = createAutoencoder({ ...stepSettings, side, width });
  const variables = model.parameters.map(({ variable }) => variable);
  const loss = createLoss(stepSettings, side);
  const optimiser = createRadam(stepSettings, variables);
  const parts = { model, loss, optimiser, variables };
  return {
    step: () => {
      const x = tf.tensor4d(images, [batch, side, side, 3]);
      return submittedAsOne(() => recordStep(parts, [{ images: x, share: 1 }]).final);
    },
    dispose: () => {
      optimiser.dispose();
      loss.dispose();
      model.dispose();
    },
  };
};
