/** Measures the pace of this thread's device: first with a timed convolution, then from the runs themselves. */

import * as tf from '@tensorflow/tfjs-core';
import { convolution } from '#engine/ops/conv/convolution.ts';
import { readValues } from '#engine/webgpu/readback.ts';
import type { EvaluationWork, RunWork } from './run-work.ts';

/** The measured convolution: [batch, side, side, channels], with a 3x3 filter and the same number of output channels. */
const probeShape = [4, 32, 32, 32] as const;
const [batch, side, , channels] = probeShape;
const probeOperations = 2 * 9 * channels * channels * side * side * batch;

/** Long enough to make the wait for the readback negligible. */
const longEnoughMs = 150;
const mostRepeats = 1 << 12;

/**
 * A step's operations per second, as a fraction of the probe's: gradients, batch norm and the loss take time
 * too. Measured on CPU devices behind WebGPU; a device's own steps correct it.
 */
const shareOfProbe = 0.5;

/** Operations per millisecond of a training step, from a convolution that is timed for a fraction of a second. */
const probeOperationsPerMs = async (): Promise<number> => {
  const x = tf.ones<tf.Rank.R4>([...probeShape]);
  const filter = tf.ones<tf.Rank.R4>([3, 3, channels, channels]);
  const run = async (repeats: number): Promise<number> => {
    const startMs = performance.now();
    for (let repeat = 1; repeat < repeats; repeat++) convolution(x, filter).dispose();
    const last = convolution(x, filter);
    await readValues(last);
    last.dispose();
    return performance.now() - startMs;
  };
  // The first run also builds the pipeline.
  await run(1);
  let repeats = 4;
  let elapsedMs = await run(repeats);
  while (elapsedMs < longEnoughMs && repeats < mostRepeats) {
    repeats *= 4;
    elapsedMs = await run(repeats);
  }
  tf.dispose([x, filter]);
  return (shareOfProbe * repeats * probeOperations) / elapsedMs;
};

/** The source of a pace: a timed convolution alone, or training itself. */
export type PaceSource = 'convolution' | 'training';

/** The share of earlier measurements after a further one: the last ten or so count. */
const memory = 0.9;

/** The pace of one device. */
export class WorkPace {
  private probed: number | undefined;
  private probing: Promise<void> | undefined;
  /** Operations and milliseconds of training, the latest with the most weight. */
  private trained = { operations: 0, elapsedMs: 0 };
  /** Measured by estimated time of the last evaluation. */
  private evaluationFactor = 1;

  /** Ensures that an estimate exists. Nothing else may use the device in the meantime. */
  probe(): Promise<void> {
    if (this.operationsPerMs !== undefined) return Promise.resolve();
    this.probing ??= probeOperationsPerMs().then((rate) => {
      this.probed = rate;
    });
    return this.probing;
  }

  /**
   * Learns from training steps.
   * @param elapsedMs of these steps alone, without evaluations
   */
  learnTraining(operations: number, elapsedMs: number): void {
    if (operations <= 0 || elapsedMs <= 0) return;
    const { trained } = this;
    this.trained = {
      operations: memory * trained.operations + operations,
      elapsedMs: memory * trained.elapsedMs + elapsedMs,
    };
  }

  /** Learns from a whole evaluation: the next estimates are longer or shorter by the same factor. */
  learnEvaluation(work: EvaluationWork, elapsedMs: number): void {
    const estimate = this.evaluationMs(work);
    if (estimate !== undefined && estimate > 0) this.evaluationFactor *= elapsedMs / estimate;
  }

  /** The source of the present estimate; undefined before the first. */
  get source(): PaceSource | undefined {
    if (this.operationsPerMs === undefined) return undefined;
    return this.trained.elapsedMs > 0 ? 'training' : 'convolution';
  }

  /** Milliseconds for this many operations of training; undefined before the first estimate. */
  millisecondsFor(operations: number): number | undefined {
    return this.operationsPerMs === undefined ? undefined : operations / this.operationsPerMs;
  }

  /** Milliseconds of an evaluation; undefined before the first estimate. */
  evaluationMs({ operations, scoringMs }: EvaluationWork): number | undefined {
    const passesMs = this.millisecondsFor(operations);
    return passesMs === undefined ? undefined : this.evaluationFactor * (passesMs + scoringMs);
  }

  /** Milliseconds of a run with its evaluations; undefined before the first estimate. */
  runMs({ operationsPerEpoch, epochs, evaluation, evaluations }: RunWork): number | undefined {
    const epochMs = this.millisecondsFor(operationsPerEpoch);
    const evaluationMs = this.evaluationMs(evaluation);
    return epochMs === undefined || evaluationMs === undefined
      ? undefined
      : epochs * epochMs + evaluations * evaluationMs;
  }

  private get operationsPerMs(): number | undefined {
    const { operations, elapsedMs } = this.trained;
    return elapsedMs > 0 ? operations / elapsedMs : this.probed;
  }
}
