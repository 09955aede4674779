/** One training step of a tiny model with known weights and images: the same work on every device. */
import * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { createRng } from '#core/rng.ts';
import { registerProcessorKernels } from '#engine/cpu/kernels.ts';
import { Processor } from '#engine/cpu/processor.ts';
import { ProcessorBackend } from '#engine/cpu/processor-backend.ts';
import { onTemporaryBackend } from '#engine/temporary-backend.ts';
import { compileAhead } from '#engine/webgpu/compile-ahead.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import { submitRecorded } from '#engine/webgpu/submission.ts';
import { createLoss, type Loss, type LossConfig } from '#losses/create-loss.ts';
import { createAutoencoder, type NamedArray } from '#model/autoencoder.ts';
import { createRadam } from '#optim/radam.ts';
import { computeStep } from '../train-step.ts';
import type { StepOutcome, StepReference } from './find-mismatch.ts';

/**
 * The smallest model, with every loss, in shares that make their gradients about equal. At rate 1 and without decay, the first
 * step of RAdam subtracts the gradient.
 */
export const testConfig: RunConfig = {
  ...presets.quickLook,
  loss: 'composite',
  compositeL2: 1,
  compositeSsim: 0.1,
  compositeWfdl: 4e-3,
  compositeFocalFrequency: 1,
  learningRate: 1,
  weightDecay: 0,
};

const shape = [4, testConfig.side, testConfig.side, 3] as const;

/** The images of the step: [4, S, S, 3], noise in [0, 1), equal for equal seeds. */
export const testImages = (): Float32Array => {
  const rng = createRng(testConfig.seed, 'test-step');
  return Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => rng.uniform());
};

/** The step on the active backend. Owns its tensors until `dispose`. */
class TestStep {
  private readonly model = createAutoencoder(testConfig);
  private readonly variables = this.model.parameters.map(({ variable }) => variable);
  private readonly loss: Loss;
  private readonly optimizer = createRadam(testConfig, this.variables);
  private readonly rectified = this.optimizer.advance();
  private readonly images: tf.Tensor4D;

  constructor(images: Float32Array, lossConfig: LossConfig) {
    this.loss = createLoss(lossConfig, testConfig.side);
    this.images = tf.tensor4d(images, [...shape]);
  }

  /** Computes the step, and returns its loss, which the caller disposes. */
  compute(): tf.Scalar {
    const { model, variables, loss, optimizer, images, rectified } = this;
    return computeStep({ model, variables, loss, optimizer }, [{ images, share: 1 }], { rectified }).final;
  }

  /** Starts to read all weights and running averages. */
  readWeights(): Promise<readonly NamedArray[]> {
    return this.model.readWeights();
  }

  dispose(): void {
    for (const owner of [this.images, this.optimizer, this.loss, this.model]) owner.dispose();
  }
}

const processorName = 'residua-test-step-processor';

/**
 * Computes the step on one thread of the processor, whatever device is active. It takes some milliseconds.
 * @param images [4, S, S, 3], by default the known ones
 * @param lossConfig settings of the loss, by default those of the step
 */
export const stepOnProcessor = async (
  images: Float32Array = testImages(),
  lossConfig: LossConfig = testConfig,
): Promise<StepReference> => {
  registerProcessorKernels(processorName);
  // Another device must not stay active while this thread waits. The processor reads at once, before its tensors are freed.
  const { loss, before, after } = onTemporaryBackend(
    processorName,
    new ProcessorBackend(new Processor()),
    () => {
      const step = new TestStep(images, lossConfig);
      const before = step.readWeights();
      const loss = step.compute();
      const values = { loss: loss.dataSync()[0]!, before, after: step.readWeights() };
      loss.dispose();
      step.dispose();
      return values;
    },
  );
  return { loss, before: await before, after: await after };
};

/**
 * Computes the step on the active device, whose pipelines it compiles in parallel.
 * @throws Error if the device refuses a kernel or is lost
 */
export const stepOnDevice = async (): Promise<StepOutcome> => {
  const step = new TestStep(testImages(), testConfig);
  try {
    await compileAhead(() => step.compute().dispose());
    const loss = step.compute();
    submitRecorded();
    const [[value], after] = await Promise.all([readValues(loss), step.readWeights()]);
    loss.dispose();
    return { loss: value!, after };
  } finally {
    step.dispose();
  }
};
