import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { openProcessor } from '#engine/cpu/open-processor.ts';
import { addThreads } from '#engine/cpu/threads.ts';
import { describeProcessor } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from './autoencoder-run.ts';

/** Uniform initial weights: their bits do not depend on the browser's mathematical functions. */
const base: RunConfig = { ...presets.recommended, side: 32, width: 0.25, batch: 5, epochs: 4, seed: 3 };
const images = tinyImages(32, 11, 4);

/** A hash of all weights, which changes if any bit does. */
const fingerprintOf = async (run: AutoencoderRun): Promise<string> => {
  const weights = await run.evaluator.readWeights();
  const parts = weights.flatMap(({ values }) => [
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  ]);
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts as BlobPart[]).arrayBuffer());
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
};

/**
 * SHA-256 of the weights, for every browser: the processor's kernels use no arithmetic of the browser. A
 * change of the order of sums in the kernels changes them, and must be intended.
 */
const known = {
  wfdl: '48cef9fa9a7116d55d4006a85ced0aae2dae230e98dec55f23d25ffd64414747',
  ssim: '942794630c80fca0cdbe05be0265c4a37aaee7956bf1230d35af6f9b07abb26b',
  composite: 'e73b67e37911adec9df6dbd5febefbab8b481428dc7a976506591c2a41883594',
};

let added = false;

/** Seven steps, past the first rectified step of RAdam, with an evaluation in between. */
const train = async (change: Partial<RunConfig>, microBatch: number): Promise<string> => {
  const run = new AutoencoderRun(images, { ...base, ...change }, microBatch);
  for (let step = 0; step < 4; step++) run.step();
  await run.evaluate(evaluationSettingsOf(base));
  for (let step = 0; step < 3; step++) run.step();
  const fingerprint = await fingerprintOf(run);
  run.dispose();
  return fingerprint;
};

describeProcessor('training on the processor', () => {
  it('has threads if the page may share memory', async () => {
    const { threads, singleThreadReason } = await openProcessor();
    expect(singleThreadReason).toBeUndefined();
    expect(threads).toBe(Math.min(16, navigator.hardwareConcurrency));
  });

  for (const loss of ['wfdl', 'ssim', 'composite'] as const) {
    it(`has the same bits with 1, 2 and 4 threads: ${loss}`, async () => {
      const { processor } = await openProcessor();
      const before = processor.threads;
      if (!added) expect(await addThreads(processor, 4, 20_000)).toBe(true);
      added = true;
      const change: Partial<RunConfig> = { loss, compositeSsim: 0.5, compositeFocalFrequency: 0.5 };
      const fingerprints: string[] = [];
      try {
        for (const threads of [1, 2, 4]) {
          processor.runOnThreads(threads);
          fingerprints.push(await train(change, loss === 'wfdl' ? 3 : 5));
        }
      } finally {
        processor.runOnThreads(before);
      }
      expect(fingerprints).toEqual(Array.from({ length: 3 }, () => known[loss]));
    });
  }
});
