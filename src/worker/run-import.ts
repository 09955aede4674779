/** A run from files, evaluated beside the current run, which stays until this one is complete. */
import type { ImageSet } from '#core/dataset.ts';
import { cancelled, ResiduaError } from '#core/errors.ts';
import { batchNormOf, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, History } from '#core/history.ts';
import { imageSignature, isSameImages, runMark } from '#core/past-epochs/past-epochs.ts';
import { readPastFile } from '#core/past-epochs/past-file.ts';
import { stepsPerEpochOfRun } from '#core/run-length.ts';
import type { SavedRun } from '#io/run-files.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import { evaluateRun } from '#training/trainer-evaluations.ts';
import { testIndicesOf } from '#training/training-images.ts';
import type { WorkOptions } from '#training/yield-point.ts';
import type { ImportedRun } from './protocol.ts';
import type { PresentRun } from './run-requests.ts';

/** How a run from files is built. */
interface Building {
  readonly microBatch: number;
  /** The shown sample. */
  readonly shown?: number | undefined;
  /** Number of runs that share the memory for past evaluations; 1 by default. */
  readonly contestants?: number;
}

/**
 * Builds the run and evaluates it; the caller owns it.
 * @param images at the side of its settings
 * @param wanted settings of the evaluation, by default those of the run; their batch-norm mode is that of `batchNormOf`
 * @throws ResiduaError `import-invalid` if the weights do not fit the settings; `cancelled`; any error of the evaluation.
 *   After an error the run is disposed of.
 */
export const evaluateSaved = async (
  { config, history, weights }: SavedRun,
  images: ImageSet,
  { microBatch, shown, contestants }: Building,
  options: WorkOptions,
  wanted = evaluationSettingsOf(config),
): Promise<{ readonly run: AutoencoderRun; readonly evaluation: Evaluation }> => {
  options.signal?.throwIfAborted();
  const run = new AutoencoderRun(images, config, microBatch, contestants);
  try {
    run.evaluator.shown = shown;
    const step = history.steps.at(-1)?.step ?? 0;
    // A run that ended within its first epoch has none, on any images.
    run.setWeights(weights, step, stepsPerEpochOfRun(history) ?? Math.max(run.stepsPerEpoch, step + 1));
    const batchNorm = batchNormOf(config.batchNorm, wanted.batchNorm);
    if (batchNorm !== config.batchNorm) run.recalibrate();
    const settings = { ...wanted, batchNorm };
    const evaluation = await evaluateRun(run, settings, step, options, () => performance.now());
    run.keepState();
    return { run, evaluation };
  } catch (thrown) {
    run.dispose();
    throw thrown;
  }
};

/**
 * Adopts the past epochs of an imported run, if they belong to it and to the images.
 * @param run evaluated on the images
 * @param history of the files
 * @returns why they are left out, in a sentence; undefined if they are adopted
 */
export const adoptPast = (
  { evaluator }: AutoencoderRun,
  bytes: ArrayBuffer,
  history: History,
  images: ImageSet,
): string | undefined => {
  try {
    const past = readPastFile(bytes);
    if (past.run !== runMark(history.steps))
      return 'Its past epochs are left out: they belong to another run.';
    if (past.side !== images.side)
      return `Its past epochs are left out: they have side ${past.side}, and the images have side ${images.side}.`;
    if (!isSameImages(past.images, imageSignature(images, testIndicesOf(images))))
      return 'Its past epochs are left out: they belong to other test images than the loaded ones.';
    evaluator.scored.past.adopt(past.evaluations);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof ResiduaError)) throw thrown;
    return `Its past epochs are left out: ${thrown.problem}`;
  }
};

/** Describes a loaded run whose trainer has adopted its past. */
export const importedRun = (
  { run, trainer, summary }: PresentRun,
  categoryName: string,
  pastLeftOut: string | undefined,
): ImportedRun => {
  const { steps, evaluations, spectra, changes } = trainer.history;
  return {
    config: trainer.presentConfig,
    history: { steps, evaluations, spectra, changes },
    summary,
    categoryName,
    status: trainer.status,
    kept: run.evaluator.scored.past.evaluations,
    pastLeftOut,
  };
};

/** Imports of one session: one at a time, each canceled by the next one and by a change of images or device. */
export class Imports {
  private current: { readonly abort: AbortController; readonly done: Promise<unknown> } | undefined;

  /**
   * Cancels the previous import, waits for its end, and starts the next.
   * @param work is not called if it is canceled first
   */
  perform<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const abort = new AbortController();
    const result = this.cancel().then(() => {
      abort.signal.throwIfAborted();
      return work(abort.signal);
    });
    this.current = { abort, done: result.catch(() => undefined) };
    return result;
  }

  /** Resolves when no import is in progress. */
  async cancel(): Promise<void> {
    this.current?.abort.abort(cancelled());
    await this.current?.done;
  }
}
