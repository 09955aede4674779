/** Runs that go on from checkpoints, rebuilt beside the present ones, which stay until they are complete. */
import { type Checkpoint, invalidCheckpoint } from '#core/checkpoint/checkpoint.ts';
import { imageChecksums, requireSameImages } from '#core/checkpoint/image-checksums.ts';
import type { RunValues } from '#core/checkpoint/run-values.ts';
import type { ImageSet } from '#core/dataset.ts';
import type { DeviceReport } from '#core/device.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { History } from '#core/history.ts';
import { trainingSplit } from '#core/training-split.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import type { RunPlan } from '#training/run-plan.ts';
import { partOf, type WorkOptions } from '#training/yield-point.ts';
import type { ResumedRun } from './protocol.ts';
import { adoptPast, importedRun } from './run-import.ts';
import type { PresentRun } from './run-requests.ts';

/** @throws ResiduaError `other-images`, or `checkpoint-invalid` for another hold-out of these images */
const requireFit = (checkpoint: Checkpoint, images: ImageSet): void => {
  requireSameImages(checkpoint.images, imageChecksums(images));
  const { heldOut } = trainingSplit(images.samples, checkpoint.config);
  if (heldOut.join() === checkpoint.heldOut.join()) return;
  throw invalidCheckpoint('The checkpoint holds out other images than its seed and percentage select.');
};

/** The checkpoint of a run that goes on with at most so many images in the model at once. */
export const withAtMost = (checkpoint: Checkpoint, images: number): Checkpoint =>
  checkpoint.microBatch <= images
    ? checkpoint
    : { ...checkpoint, microBatch: images, config: { ...checkpoint.config, microBatch: images } };

/** A run that was rebuilt from a checkpoint. */
export interface RebuiltRun {
  readonly checkpoint: Checkpoint;
  readonly plan: RunPlan;
  readonly run: AutoencoderRun;
  /** The checkpoint's; its last evaluation is replaced if it was not reproduced. */
  readonly history: History;
  /** Whether evaluating the last good weights gave the scores of the history, bit for bit; undefined without an evaluation. */
  readonly reproduced: boolean | undefined;
  /** Why its past epochs are left out, in a sentence; undefined if it has none, or they were adopted. */
  readonly pastLeftOut: string | undefined;
}

/** The circumstances in which a run is rebuilt. */
interface RebuildOptions {
  /** Of the checkpoint's own micro-batch, for equal bits. */
  readonly plan: RunPlan;
  /** Number of runs that share this thread's memory for past evaluations. */
  readonly contestants: number;
  /** The shown sample. */
  readonly shown: number | undefined;
}

const equalScores = (one: Float64Array, other: Float64Array): boolean =>
  one.length === other.length && one.every((score, index) => score === other[index]);

/** Evaluates the last good weights again: the worker then holds the reconstructions that the history's scores belong to. */
const reevaluated = async (
  { evaluator }: AutoencoderRun,
  history: History,
  options: WorkOptions,
): Promise<Pick<RebuiltRun, 'history' | 'reproduced'>> => {
  const last = history.evaluations.at(-1);
  if (!last) return { history, reproduced: undefined };
  const result = await evaluator.evaluateLastGood(evaluationSettingsOf(last), options);
  if (equalScores(result.scores, last.scores)) return { history, reproduced: true };
  const evaluations = [...history.evaluations.slice(0, -1), { ...last, ...result }];
  return { history: { ...history, evaluations }, reproduced: false };
};

/** @throws ResiduaError `checkpoint-invalid` if the values are not those of the run's settings */
const loadInto = (run: AutoencoderRun, values: RunValues): void => {
  try {
    run.loadState(values);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw invalidCheckpoint(`The checkpoint does not fit its own settings. ${thrown.message}`);
  }
};

/**
 * Builds the run of a checkpoint with its state, and evaluates its last good weights; the caller owns it.
 * @param images at the side of its settings
 * @throws ResiduaError `other-images` if the images are not its own, `checkpoint-invalid` if its values do not fit its settings;
 *   `cancelled`; any error of the evaluation. After an error the run is disposed of.
 */
const rebuildRun = async (
  checkpoint: Checkpoint,
  images: ImageSet,
  { plan, contestants, shown }: RebuildOptions,
  options: WorkOptions,
): Promise<RebuiltRun> => {
  options.signal?.throwIfAborted();
  requireFit(checkpoint, images);
  const { config, values, history, past } = checkpoint;
  const run = new AutoencoderRun(images, config, plan.microBatch, contestants);
  try {
    run.evaluator.shown = shown;
    loadInto(run, values);
    const evaluated = await reevaluated(run, history, options);
    const pastLeftOut = past && adoptPast(run, past, history, images);
    return { checkpoint, plan, run, ...evaluated, pastLeftOut };
  } catch (thrown) {
    run.dispose();
    throw thrown;
  }
};

/**
 * Builds the runs of checkpoints; the caller owns them.
 * @param images at the side of their settings
 * @param plans of their settings with their own micro-batches
 * @param shown the shown sample
 * @throws ResiduaError as `rebuildRun`; then no run is left
 */
export const rebuildRuns = async (
  checkpoints: readonly Checkpoint[],
  images: ImageSet,
  plans: readonly RunPlan[],
  shown: number | undefined,
  options: WorkOptions,
): Promise<readonly RebuiltRun[]> => {
  const contestants = checkpoints.length;
  const rebuilt: RebuiltRun[] = [];
  try {
    for (const [place, checkpoint] of checkpoints.entries()) {
      const part = partOf(options, place / contestants, 1 / contestants);
      rebuilt.push(await rebuildRun(checkpoint, images, { plan: plans[place]!, contestants, shown }, part));
    }
    return rebuilt;
  } catch (thrown) {
    for (const { run } of rebuilt) run.dispose();
    throw thrown;
  }
};

/** Makes the trainer of a rebuilt run adopt the past of its checkpoint, and describes the run. */
export const adoptRebuilt = (
  present: PresentRun,
  { checkpoint, history, reproduced, pastLeftOut }: RebuiltRun,
  { backend }: DeviceReport,
): ResumedRun => {
  const { values, finished, evaluationOwed, categoryName, device } = checkpoint;
  const { step, lastGood } = values;
  present.trainer.adopt(history, { step, lastGoodStep: lastGood.step, evaluationOwed, finished });
  const imported = importedRun(present, categoryName, pastLeftOut);
  return { ...imported, sameDevice: device.backend === backend, reproduced };
};
