/** A whole training step with our own code, on the backend that is active when it is created. */
import * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { copyInto } from '#engine/ops/elementwise/in-place.ts';
import { createLoss } from '#losses/create-loss.ts';
import type { StepLoss } from '#losses/loss.ts';
import { createAutoencoder } from '#model/autoencoder.ts';
import { createRadam } from '#optim/radam.ts';
import { FixedImages } from '#training/fixed-images.ts';
import { RecordedSteps } from '#training/recorded-step.ts';
import { benchImages } from './images.ts';
import { submittedAsOne } from './submission.ts';

export interface StepSize {
  /** Side of the images, in pixels. */
  readonly side: number;
  readonly batch: number;
  /** Multiplier of all channel counts. */
  readonly width: number;
}

/** A model in training. Its tensors belong to the backend on which it was created. */
export interface TrainingStep {
  /** Uploads the batch and runs forward pass, loss, backward pass and update; the caller disposes the loss. */
  readonly step: () => tf.Scalar;
  readonly dispose: () => void;
}

/** The same with its two parts. */
export interface RecordedTrainingStep extends TrainingStep {
  /** Uploads the batch and replays the step, which is recorded the first time. */
  readonly replay: () => void;
  /** Uploads the batch and runs the step without its recording. */
  readonly eager: () => void;
  /** The loss of the last step; the caller disposes it. */
  readonly last: () => tf.Scalar;
}

/** The initial settings of both implementations. */
export const stepSettings: RunConfig = { ...presets.recommended, seed: 1 };

/** The work of `AutoencoderRun` in every step: our model, WFDL and RAdam. */
export const createStep = ({ side, batch, width }: StepSize): RecordedTrainingStep => {
  const images = benchImages(batch, side);
  const model = createAutoencoder({ ...stepSettings, side, width });
  const variables = model.parameters.map(({ variable }) => variable);
  const loss = createLoss(stepSettings, side);
  const optimizer = createRadam(stepSettings, variables);
  const fixed = new FixedImages(side);
  const last = tf.tidy(() => tf.keep(tf.scalar(0)));
  const steps = new RecordedSteps({ model, loss, optimizer, variables }, fixed, ({ final }: StepLoss) =>
    copyInto(last, final),
  );
  const prepare = () => {
    fixed.write(batch, 0, (values) => values.set(images));
    return { sizes: [batch], rectified: optimizer.advance(), growing: false };
  };
  const replay = (): void => steps.run(prepare(), 1);
  const eager = (): void => submittedAsOne(() => steps.runOnce(prepare(), 1));
  return {
    step: () => {
      replay();
      return last.clone();
    },
    replay,
    eager,
    last: () => last.clone(),
    dispose: () => {
      steps.dispose();
      fixed.dispose();
      last.dispose();
      optimizer.dispose();
      loss.dispose();
      model.dispose();
    },
  };
};
