/** Measures the pace of this thread's device: first with a timed convolution, then from the runs themselves. */

import * as tf from '@tensorflow/tfjs-core';
import { convolution } from '#engine/ops/conv/convolution.ts';
import { readValues } from '#engine/webgpu/readback.ts';

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

/** The pace of one device. */
export class WorkPace {
  private operationsPerMs: number | undefined;
  private learned = false;
  private probing: Promise<void> | undefined;

  /** Ensures that an estimate exists. Nothing else may use the device in the meantime. */
  probe(): Promise<void> {
    if (this.operationsPerMs !== undefined) return Promise.resolve();
    this.probing ??= probeOperationsPerMs().then((rate) => {
      this.operationsPerMs ??= rate;
    });
    return this.probing;
  }

  /**
   * Learns from a run in progress, including evaluations.
   * @param imagesPerSecond undefined, as before the first steps, is ignored
   */
  learn(imagesPerSecond: number | undefined, operationsPerImage: number): void {
    if (imagesPerSecond === undefined) return;
    this.operationsPerMs = (imagesPerSecond * operationsPerImage) / 1000;
    this.learned = true;
  }

  /** The source of the present estimate; undefined before the first. */
  get source(): PaceSource | undefined {
    if (this.operationsPerMs === undefined) return undefined;
    return this.learned ? 'training' : 'convolution';
  }

  /** Milliseconds for this many operations of training; undefined before the first estimate. */
  millisecondsFor(operations: number): number | undefined {
    return this.operationsPerMs === undefined ? undefined : operations / this.operationsPerMs;
  }
}
