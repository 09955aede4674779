/** Plans a run before it starts: its micro-batch, its memory and its work. */
import type * as tf from '@tensorflow/tfjs-core';
import type { RunConfig } from '#core/config.ts';
import type { DeviceReport } from '#core/device.ts';
import { ResiduaError } from '#core/errors.ts';
import { hasCurriculum } from '#core/frequency-weight/curriculum.ts';
import { uninitialized } from '#engine/ops/uninitialized/uninitialized.ts';
import { planOnProcessor } from '#engine/planning/plan-on-processor.ts';
import type { PlannedMemory } from '#engine/planning/planned-memory.ts';
import { type PlannedDevice, planMemory } from '#engine/planning/planning-backend.ts';
import { createLoss } from '#losses/create-loss.ts';
import { autoencoderLayers } from '#model/architecture.ts';
import { createAutoencoder } from '#model/autoencoder.ts';
import { trainingOperations } from '#model/cost.ts';
import { createRadam } from '#optim/radam.ts';
import { FixedImages } from './fixed-images.ts';
import { LossLog } from './loss-log.ts';
import { microBatchSizes } from './micro-batches.ts';
import { evaluationBatchSize, type ImageCounts } from './reconstructor.ts';
import { RecordedPasses } from './recorded-passes.ts';
import { RecordedSteps } from './recorded-step.ts';
import { probeSize } from './spectrum-probe.ts';

const megabyte = 1e6;

/** The limits of a run's device. */
export interface DeviceLimits extends PlannedDevice {
  readonly backend: DeviceReport['backend'];
  /** Threads of the processor; 1 on a graphics device. */
  readonly threads: number;
  /** The largest buffer that one kernel can bind. */
  readonly maxBindingBytes: number;
}

/** A run before it starts. */
export interface RunPlan {
  /** Images that pass through the model at once. */
  readonly microBatch: number;
  /** Images of a whole batch: the config's, or all training images if they are fewer. */
  readonly batch: number;
  /** Bytes on the device at the peak. */
  readonly memoryBytes: number;
  readonly stepsPerEpoch: number;
  /** Floating-point operations of the convolutions in one epoch. */
  readonly operationsPerEpoch: number;
}

/** The distinct sizes of the pieces if `count` images are split, `size` at a time: the full size and the remainder. */
const pieces = (count: number, size: number): number[] =>
  [Math.min(size, count), count % size].filter((piece, index) => piece > 0 && (index === 0 || count > size));

function* blankBatches(sizes: readonly number[], side: number): Generator<tf.Tensor4D> {
  for (const size of sizes) {
    const batch = uninitialized<tf.Rank.R4>([size, side, side, 3]);
    yield batch;
    batch.dispose();
  }
}

/** Performs each kind of work of a run once, to request every buffer that the run will hold. */
const rehearse = (config: RunConfig, counts: ImageCounts, batch: number, microBatch: number): void => {
  const { side } = config;
  const model = createAutoencoder({ ...config, initialValues: 'zero' });
  const variables = model.parameters.map(({ variable }) => variable);
  const loss = createLoss(config, side, () => blankBatches(pieces(counts.train, microBatch), side));
  const optimizer = createRadam(config, variables);
  const snapshots = [model.snapshot(), optimizer.snapshot()];
  const images = new FixedImages(side);
  const losses = new LossLog();
  const parts = { model, loss, optimizer, variables };
  const steps = new RecordedSteps(parts, images, (values) => losses.store(values));
  const passes = new RecordedPasses(model, images, side);
  for (const count of pieces(counts.train, batch)) {
    const sizes = microBatchSizes(count, microBatch);
    steps.run({ sizes, rectified: false, growing: hasCurriculum(config) }, 1);
  }
  passes.startPopulation();
  for (const count of pieces(counts.train, microBatch)) passes.join(count, 1);
  for (const count of new Set([evaluationBatchSize(counts, microBatch), 1])) {
    void passes.reconstruct(count, 'population').data();
  }
  void passes.reconstruct(probeSize(counts.train, microBatch), 'batch').data();
  for (const owner of [steps, passes, images, losses, ...snapshots, optimizer, loss, model]) owner.dispose();
};

const doesNotFit = (
  { side, width, memoryBudgetMB }: RunConfig,
  { bytes, largestBufferBytes }: PlannedMemory,
  { maxBindingBytes }: DeviceLimits,
  microBatch: number,
): ResiduaError => {
  const images = microBatch === 1 ? 'one image' : `${microBatch} images`;
  if (largestBufferBytes > maxBindingBytes) {
    return new ResiduaError(
      'adapter-too-small',
      `With ${images} at side ${side} and width ${width} the largest buffer takes ${Math.ceil(largestBufferBytes / megabyte)} MB, ` +
        `but this device allows ${Math.floor(maxBindingBytes / megabyte)} MB.`,
      microBatch === 1 ? 'Choose a smaller side or width.' : 'Choose a smaller micro-batch, side or width.',
    );
  }
  return new ResiduaError(
    'out-of-memory',
    `Training at side ${side} and width ${width} with ${images} at once takes ${Math.ceil(bytes / megabyte)} MB, ` +
      `but the memory budget is ${memoryBudgetMB} MB.`,
    microBatch === 1
      ? 'Raise the budget if the device has the memory, or choose a smaller side or width.'
      : 'Choose a smaller micro-batch, raise the budget, or choose a smaller side or width.',
  );
};

/** Micro-batches that split a batch into parts of nearly equal size, from the whole batch down to single images. */
const candidates = (batch: number): number[] => {
  const sizes = new Set<number>();
  for (let parts = 1; parts <= batch; parts++) sizes.add(Math.ceil(batch / parts));
  return [...sizes];
};

/**
 * Plans a run: selects the largest micro-batch that fits the adapter's buffers and the memory budget, unless
 * the config names one. Runs the model on a backend that only counts, which takes some milliseconds per candidate.
 * @param counts images by their use, at least one to train on
 * @throws ResiduaError `adapter-too-small` or `out-of-memory` if not even that fits; `config-invalid` for a side or
 *   width that the architecture does not support
 */
export const planRun = (config: RunConfig, counts: ImageCounts, limits: DeviceLimits): RunPlan => {
  const batch = Math.min(config.batch, counts.train);
  const memoryOf = (microBatch: number): PlannedMemory => {
    const work = (): void => rehearse(config, counts, batch, microBatch);
    return limits.backend === 'wasm' ? planOnProcessor(limits.threads, work) : planMemory(limits, work);
  };
  const fits = ({ bytes, largestBufferBytes }: PlannedMemory): boolean =>
    bytes <= config.memoryBudgetMB * megabyte && largestBufferBytes <= limits.maxBindingBytes;

  const sizes = config.microBatch === 0 ? candidates(batch) : [Math.min(config.microBatch, batch)];
  // Micro-batches hold their gradients beside the sum, so a batch with few pixels and many weights needs less memory whole. Among
  // parts, memory falls with the micro-batch: bisection finds the largest that fits.
  let from = 0;
  let to = fits(memoryOf(sizes[0]!)) ? 0 : sizes.length - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (fits(memoryOf(sizes[middle]!))) to = middle;
    else from = middle + 1;
  }
  const microBatch = sizes[from]!;
  const memory = memoryOf(microBatch);
  if (!fits(memory)) throw doesNotFit(config, memory, limits, microBatch);
  return {
    microBatch,
    batch,
    memoryBytes: memory.bytes,
    stepsPerEpoch: Math.ceil(counts.train / batch),
    operationsPerEpoch: counts.train * trainingOperations(autoencoderLayers(config.side, config.width)),
  };
};
