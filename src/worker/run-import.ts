/** A run from files, evaluated beside the run that exists: that one stays until this one is whole. */
import type { ImageSet } from '#core/dataset.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation } from '#core/history.ts';
import type { SavedRun } from '#io/run-files.ts';
import { AutoencoderRun } from '#training/autoencoder-run.ts';
import { evaluateRun } from '#training/evaluate-run.ts';
import type { InTurns } from '#training/yield-point.ts';

/**
 * Builds the run and evaluates it; the caller owns it.
 * @param images at the side of its settings
 * @param shown the sample that is shown
 * @throws ResiduaError `import-invalid` where the weights do not fit the settings; `cancelled`; whatever the evaluation throws.
 *   Nothing is left of the run then.
 */
export const evaluateSaved = async (
  { config, history, weights }: SavedRun,
  images: ImageSet,
  microBatch: number,
  shown: number | undefined,
  turns: InTurns,
): Promise<{ readonly run: AutoencoderRun; readonly evaluation: Evaluation }> => {
  const run = new AutoencoderRun(images, config, microBatch);
  try {
    run.shown = shown;
    const step = history.steps.at(-1)?.step ?? 0;
    run.setWeights(weights, step);
    const settings = evaluationSettingsOf(config);
    const evaluation = await evaluateRun(run, settings, step, turns, () => performance.now());
    return { run, evaluation };
  } catch (thrown) {
    run.dispose();
    throw thrown;
  }
};

/** Imports of one session: one at a time, and none outlasts the images or the device that it began with. */
export class Imports {
  private underWay: { readonly abort: AbortController; readonly done: Promise<unknown> } | undefined;

  /** Does an import, after the one before has been called off. */
  async perform<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    await this.callOff();
    const abort = new AbortController();
    const result = work(abort.signal);
    const done = result.catch(() => undefined);
    const mine = { abort, done };
    this.underWay = mine;
    void done.then(() => {
      if (this.underWay === mine) this.underWay = undefined;
    });
    return result;
  }

  /** Resolves once no import is under way. */
  async callOff(): Promise<void> {
    this.underWay?.abort.abort();
    await this.underWay?.done;
  }
}
