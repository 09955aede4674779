/** Plans runs before they start: their micro-batches, their memory and their work. */
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
import { createAutoencoder } from '#model/autoencoder.ts';
import { createRadam } from '#optim/radam.ts';
import { FixedImages } from './fixed-images.ts';
import { LossLog } from './loss-log.ts';
import { microBatchSizes } from './micro-batches.ts';
import { evaluationBatchSize, type ImageCounts } from './reconstructor.ts';
import { RecordedPasses } from './recorded-passes.ts';
import { RecordedSteps } from './recorded-step.ts';
import { type RunWork, workOf } from './run-work.ts';
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
  /** Bytes on the device at the peak, of all runs that are planned together. */
  readonly memoryBytes: number;
  readonly stepsPerEpoch: number;
  readonly work: RunWork;
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

/** A run with the size of its batches. */
interface PlannedRun {
  readonly config: RunConfig;
  readonly batch: number;
}

/**
 * Performs each kind of work of a run once, to request every buffer that the run will hold.
 * @returns a function that releases them
 */
const rehearse = ({ config, batch }: PlannedRun, counts: ImageCounts, microBatch: number): (() => void) => {
  const { side } = config;
  const model = createAutoencoder({ ...config, initialValues: 'zero' });
  const variables = model.parameters.map(({ variable }) => variable);
  const loss = createLoss(config, side, () => blankBatches(pieces(counts.train, microBatch), side));
  const optimizer = createRadam(config, variables);
  const snapshots = [model.snapshot(), optimizer.snapshot()];
  const images = new FixedImages(side);
  const losses = new LossLog();
  const parts = { model, loss, optimizer, variables };
  const steps = new RecordedSteps(parts, images, (values) => losses.store(values, optimizer.refused));
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
  return () => {
    for (const owner of [steps, passes, images, losses, ...snapshots, optimizer, loss, model])
      owner.dispose();
  };
};

const doesNotFit = (
  runs: readonly PlannedRun[],
  { bytes, largestBufferBytes }: PlannedMemory,
  { maxBindingBytes }: DeviceLimits,
  microBatches: readonly number[],
): ResiduaError => {
  const [{ config }] = runs as [PlannedRun];
  const { side, memoryBudgetMB } = config;
  const microBatch = Math.max(...microBatches);
  const images = microBatch === 1 ? 'one image' : `${microBatch} images`;
  const width = [...new Set(runs.map((run) => run.config.width))].join(' and ');
  const fewer = runs.length > 1 ? 'Race fewer contestants, choose' : 'Choose';
  if (largestBufferBytes > maxBindingBytes) {
    return new ResiduaError(
      'adapter-too-small',
      `With ${images} at side ${side} and width ${width} the largest buffer takes ${Math.ceil(largestBufferBytes / megabyte)} MB, ` +
        `but this device allows ${Math.floor(maxBindingBytes / megabyte)} MB.`,
      microBatch === 1 ? 'Choose a smaller side or width.' : 'Choose a smaller micro-batch, side or width.',
    );
  }
  const training = runs.length > 1 ? `Training ${runs.length} contestants` : 'Training';
  const raise = runs.length > 1 ? 'Race fewer contestants, raise' : 'Raise';
  return new ResiduaError(
    'out-of-memory',
    `${training} at side ${side} and width ${width} with ${images} at once takes ${Math.ceil(bytes / megabyte)} MB, ` +
      `but the memory budget is ${memoryBudgetMB} MB.`,
    microBatch === 1
      ? `${raise} the budget if the device has the memory, or choose a smaller side or width.`
      : `${fewer} a smaller micro-batch, raise the budget, or choose a smaller side or width.`,
  );
};

/** Micro-batches that split a batch into parts of nearly equal size, from the whole batch down to single images. */
const candidates = (batch: number): number[] => {
  const sizes = new Set<number>();
  for (let parts = 1; parts <= batch; parts++) sizes.add(Math.ceil(batch / parts));
  return [...sizes];
};

/**
 * Plans runs that train in turns on one device: selects the largest micro-batches with which all of them together fit the
 * adapter's buffers and the memory budget. The micro-batches of equal batches are equal, and a config may name its own. Runs
 * the models on a backend that only counts, which takes some milliseconds per candidate.
 * @param configs at least one, with equal images and budget
 * @param counts images by their use, at least one to train on
 * @returns a plan for each config
 * @throws ResiduaError `adapter-too-small` or `out-of-memory` if not even that fits; `config-invalid` for a side or
 *   width that the architecture does not support
 */
export const planRuns = (
  configs: readonly RunConfig[],
  counts: ImageCounts,
  limits: DeviceLimits,
): readonly RunPlan[] => {
  const runs = configs.map((config) => ({ config, batch: Math.min(config.batch, counts.train) }));
  const budgetBytes = Math.min(...configs.map(({ memoryBudgetMB }) => memoryBudgetMB)) * megabyte;
  const memoryOf = (microBatches: readonly number[]): PlannedMemory => {
    const work = (): void => {
      const releases = runs.map((run, place) => rehearse(run, counts, microBatches[place]!));
      for (const release of releases) release();
    };
    return limits.backend === 'wasm' ? planOnProcessor(limits.threads, work) : planMemory(limits, work);
  };
  const fits = ({ bytes, largestBufferBytes }: PlannedMemory): boolean =>
    bytes <= budgetBytes && largestBufferBytes <= limits.maxBindingBytes;

  const sizes = runs.map(({ config, batch }) =>
    config.microBatch === 0 ? candidates(batch) : [Math.min(config.microBatch, batch)],
  );
  /** The micro-batches at one place in the candidates; a shorter list ends in its last one. */
  const at = (place: number): readonly number[] =>
    sizes.map((ofRun) => ofRun[Math.min(place, ofRun.length - 1)]!);
  // Micro-batches hold their gradients beside the sum, so a batch with few pixels and many weights needs less memory whole. Among
  // parts, memory falls with the micro-batch: bisection finds the largest that fits.
  let from = 0;
  let to = fits(memoryOf(at(0))) ? 0 : Math.max(...sizes.map(({ length }) => length)) - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (fits(memoryOf(at(middle)))) to = middle;
    else from = middle + 1;
  }
  const microBatches = at(from);
  const memory = memoryOf(microBatches);
  if (!fits(memory)) throw doesNotFit(runs, memory, limits, microBatches);
  return runs.map(({ config, batch }, place) => ({
    microBatch: microBatches[place]!,
    batch,
    memoryBytes: memory.bytes,
    stepsPerEpoch: Math.ceil(counts.train / batch),
    work: workOf(config, counts),
  }));
};

/** Plans a run that has the device to itself, as `planRuns`. */
export const planRun = (config: RunConfig, counts: ImageCounts, limits: DeviceLimits): RunPlan =>
  planRuns([config], counts, limits)[0]!;
