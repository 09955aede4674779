import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { calibrate } from '#core/calibration/calibration.ts';
import { createStatisticsLearner } from '#core/calibration/statistics-learner.ts';
import type { RunConfig } from '#core/config.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { imageBytes } from '#core/image-bytes.ts';
import { presets } from '#core/presets.ts';
import { createScorer } from '#core/scores/create-scorer.ts';
import { createScoreScratch } from '#core/scores/score-scratch.ts';
import { radialPower } from '#core/spectrum/radial-power.ts';
import { trainingSplit } from '#core/training-split.ts';
import { heldBytes } from '#engine/device.ts';
import { releaseFreeBuffers } from '#engine/webgpu/submission.ts';
import { createAutoencoder } from '#model/autoencoder.ts';
import { largestDifference } from '#testing/compare.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from './autoencoder-run.ts';
import { imageBatch } from './image-tensors.ts';
import { canceledBefore, canceledWhen } from './testing/canceled-work.ts';

const config: RunConfig = {
  ...presets.quickLook,
  side: 32,
  batch: 4,
  epochs: 4,
  learningRate: 3e-3,
  holdOutPercent: 0,
};
const images = tinyImages(32, 8, 4);

const train = async (run: AutoencoderRun, steps: number): Promise<readonly number[]> => {
  for (let step = 0; step < steps; step++) run.step();
  return (await run.takeLosses()).map(({ loss }) => loss);
};

const settings = { ...evaluationSettingsOf(presets.recommended), residual: 'raw' } as const;
const calibrated = { ...settings, residual: 'calibrated' } as const;

/** Scores of the test images, calibrated by the training images, from the reconstructions that a run shows. */
const calibratedScores = async (run: AutoencoderRun, by: EvaluationSettings): Promise<readonly number[]> => {
  const pairs = await run.evaluator.calibrationPairs(by);
  const learner = createStatisticsLearner(by, createScoreScratch(32));
  for (let row = 0; row < pairs.count; row++) {
    const { bytes, pixels } = pairs.pair(row);
    learner.add(bytes, pixels);
  }
  const calibration = calibrate(learner.finish(), by.calibrationPooling);
  const scorer = createScorer(32, by, { calibration });
  return [8, 9, 10, 11].map((index) => {
    const { reconstruction } = run.evaluator.scored.view(index).output!;
    return scorer.scoreOnly(imageBytes(images, index), reconstruction).score;
  });
};

const expectClose = (actual: ArrayLike<number>, expected: readonly number[]): void => {
  const ratios = Array.from(actual, (value, i) => value / expected[i]!);
  // The reconstructions behind the statistics are 16-bit numbers: 2^-17 of residuals of at least 2^-5, in sums of squares.
  expect(
    largestDifference(
      ratios,
      ratios.map(() => 1),
    ),
  ).toBeLessThan(1e-2);
};

describeBackends('a run of the autoencoder', () => {
  for (const change of [
    { loss: 'l2' },
    { loss: 'ssim' },
    { loss: 'wfdl' },
    { loss: 'composite', compositeSsim: 0.1, compositeWfdl: 0.01, weight: 'adaptive-dataset' },
  ] as const) {
    it(`lowers the ${change.loss} loss, equally for the same seed`, async () => {
      const run = new AutoencoderRun(images, { ...config, ...change });
      const losses = await train(run, 12);
      run.dispose();
      expect(losses.every(Number.isFinite)).toBe(true);
      const mean = (values: readonly number[]) =>
        values.reduce((sum, value) => sum + value, 0) / values.length;
      expect(mean(losses.slice(-3))).toBeLessThan(mean(losses.slice(0, 3)));

      const again = new AutoencoderRun(images, { ...config, ...change });
      expect(await train(again, 5)).toEqual(losses.slice(0, 5));
      again.dispose();

      const other = new AutoencoderRun(images, { ...config, ...change, seed: 9 });
      expect((await train(other, 1))[0]).not.toBe(losses[0]);
      other.dispose();
    });
  }

  it('scores each test image by Eq. 9 on the reconstruction that it shows', async () => {
    const run = new AutoencoderRun(images, config);
    await train(run, 2);
    const { scores, residualScale } = await run.evaluate(settings);
    expect(scores).toHaveLength(4);
    const largest: number[] = [];
    for (const [row, index] of [8, 9, 10, 11].entries()) {
      const { output, mask } = run.evaluator.scored.view(index);
      const expected = createScorer(32, settings).score(imageBytes(images, index), output!.reconstruction);
      expect(scores[row]).toBe(expected.score);
      expect(output!.score).toBe(scores[row]);
      expect(mask !== undefined).toBe(row % 2 === 1);
      largest.push(Math.max(...output!.residual));
    }
    // Nine tenths of four images, rounded up: all four.
    expect(residualScale).toBe(Math.max(...largest));
    run.dispose();
  });

  it('scores by any score without a new reconstruction, until batch norm changes or training continues', async () => {
    const run = new AutoencoderRun(images, config);
    await train(run, 1);
    await run.evaluate(settings);
    const before = run.evaluator.scored.view(9).output!.reconstruction;
    const ahead = run.evaluator.scored.scoreAhead();
    const ssim = { ...settings, score: 'ssim' } as const;
    const { scores } = (await run.rescore(ssim))!;
    const { output } = run.evaluator.scored.view(9);
    expect(output!.reconstruction).toEqual(before);
    expect(output!.score).toBe(scores[1]);
    expect(scores[1]).toBe(createScorer(32, ssim).score(imageBytes(images, 9), before).score);
    await ahead;
    expect((await run.rescore(ssim))!.scores).toEqual(scores);
    expect(await run.rescore({ ...ssim, batchNorm: 'running' })).toBeUndefined();
    run.dispose();
  });

  it('calibrates with its good training images, and the weights and batch norm of the evaluation', async () => {
    const run = new AutoencoderRun(images, config);
    await train(run, 3);
    for (const batchNorm of ['recalibrated', 'running'] as const) {
      const by = { ...calibrated, batchNorm };
      const { scores, residualScale } = await run.evaluate(by);
      run.keepState();
      expectClose(scores, await calibratedScores(run, by));
      const { output } = run.evaluator.scored.view(9);
      expect(output).toMatchObject({ calibrated: true, score: scores[1] });
      expect(residualScale).toBeGreaterThanOrEqual(Math.max(...output!.residual));
    }
    run.dispose();
  });

  it('calibrates an evaluation that was scored raw, also in other bands, with its weights', async () => {
    const run = new AutoencoderRun(images, config);
    await train(run, 2);
    await run.evaluate(settings);
    run.keepState();
    await train(run, 2);
    const later = await run.evaluator.readWeights();
    for (const calibrationBands of ['on', 'off'] as const) {
      const by = { ...calibrated, calibrationBands };
      const { scores } = (await run.rescore(by))!;
      expectClose(scores, await calibratedScores(run, by));
      // Another pooling needs no further statistics.
      const pooled = (await run.rescore({ ...by, calibrationPooling: 1 }))!;
      expectClose(pooled.scores, await calibratedScores(run, { ...by, calibrationPooling: 1 }));
      expect(pooled.scores).not.toEqual(scores);
    }
    expect(await run.evaluator.readWeights()).toEqual(later);
    run.dispose();
  });

  it('retains raw scores if learning is canceled', async () => {
    const run = new AutoencoderRun(images, config, 2);
    await train(run, 1);
    await run.evaluate(settings);
    run.keepState();
    const before = run.evaluator.scored.view(9).output;
    const told: number[] = [];
    await expect(
      run.rescore(
        calibrated,
        canceledWhen((share) => told.push(share) === 3),
      ),
    ).rejects.toMatchObject({ code: 'cancelled' });
    expect(told).toHaveLength(3);
    expect(run.evaluator.scored.view(9).output).toEqual(before);
    expect(run.evaluator.scored.learned).toBeUndefined();
    run.dispose();
  });

  it('also shows a training image, once it is chosen', async () => {
    const run = new AutoencoderRun(images, config);
    await train(run, 1);
    expect(run.evaluator.scored.view(0).output).toBeUndefined();
    run.evaluator.shown = 0;
    await run.evaluate(settings);
    expect(run.evaluator.scored.view(0).output?.step).toBe(1);
    run.dispose();
  });

  for (const batchNorm of ['recalibrated', 'running'] as const) {
    it(`scores good training images like the last evaluation, with ${batchNorm} batch norm`, async () => {
      const settings = { ...evaluationSettingsOf(presets.recommended), batchNorm };
      const run = new AutoencoderRun(images, config);
      await train(run, 2);
      // The evaluation reconstructs the shown training image: a later score has to match it.
      run.evaluator.shown = 3;
      await run.evaluate(settings);
      run.keepState();
      const { score } = run.evaluator.scored.view(3).output!;
      const atOnce = await run.evaluator.scoreGoodTraining(settings);
      expect(atOnce.scores).toHaveLength(8);
      // The image has another position in another batch: float32 rounding, 2^-23 per term, over sums of 10^3 terms.
      expect(Math.abs(atOnce.scores[3]! / score - 1)).toBeLessThan(1e-4);

      await train(run, 1);
      const later = await run.evaluator.readWeights();
      expect(await run.evaluator.scoreGoodTraining(settings)).toEqual(atOnce);
      expect(await run.evaluator.readWeights()).toEqual(later);
      run.dispose();
    });
  }

  it('ignores held-out images: losses, weights, batch norm, probe and adaptive weight are the same without them', async () => {
    const holding = { ...config, holdOutPercent: 25, weight: 'adaptive-dataset', score: 'spectral' } as const;
    const { heldOut } = trainingSplit(images.samples, holding);
    expect(heldOut).toHaveLength(2);
    const blackened = { ...images, pixels: images.pixels.slice() };
    for (const index of heldOut) imageBytes(blackened, index).fill(0);
    const [told, other] = await Promise.all(
      [images, blackened].map(async (set) => {
        const run = new AutoencoderRun(set, holding);
        const losses = await train(run, 6);
        const { scores } = await run.evaluate(holding);
        run.keepState();
        const all = {
          losses,
          scores,
          count: run.trainingImages,
          probe: await run.probeSpectrum(),
          weights: await run.evaluator.readWeights(),
        };
        const good = await run.evaluator.scoreGoodTraining(holding);
        run.dispose();
        return { all, good };
      }),
    );
    expect(told!.all.count).toBe(6);
    expect(other!.all).toEqual(told!.all);
    expect(told!.good).toMatchObject({ heldOut: true, indices: heldOut });
    expect(other!.good.scores).not.toEqual(told!.good.scores);
  });

  it('stops an evaluation between two batches, leaks no tensor, and scores the same afterward', async () => {
    const run = new AutoencoderRun(images, config, 2);
    await train(run, 1);
    await run.evaluate(settings);
    await train(run, 1);
    const before = tf.memory().numTensors;
    const told: number[] = [];
    const stopped = run.evaluate(
      settings,
      canceledWhen((share) => told.push(share) === 2),
    );
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    await expect(run.evaluate(settings, canceledBefore())).rejects.toMatchObject({ code: 'cancelled' });
    expect(told).toHaveLength(2);
    const { scores } = await run.evaluate(settings);
    expect(told).toHaveLength(2);
    // A complete evaluation follows. If it adds no tensor, the stopped one left none.
    const after = tf.memory().numTensors;
    expect((await run.evaluate(settings)).scores).toEqual(scores);
    expect(tf.memory().numTensors).toBe(after);
    expect(after).toBe(before);
    run.dispose();
  });

  it('returns to the last good state, bit for bit', async () => {
    const run = new AutoencoderRun(images, config);
    await train(run, 2);
    run.keepState();
    const { scores } = await run.evaluate(settings);
    await train(run, 2);
    expect((await run.evaluate(settings)).scores).not.toEqual(scores);
    run.restoreState();
    expect((await run.evaluate(settings)).scores).toEqual(scores);
    run.dispose();
  });

  it('scores identically with its weights in another run', async () => {
    const run = new AutoencoderRun(images, config);
    await train(run, 3);
    const { scores } = await run.evaluate(settings);
    const weights = await run.evaluator.readWeights();
    run.dispose();
    const other = new AutoencoderRun(images, { ...config, seed: 5 });
    other.setWeights(weights, 3);
    expect((await other.evaluate(settings)).scores).toEqual(scores);
    other.dispose();
  });

  it('shows non-finite weights in its losses, and rejects scoring with them', async () => {
    const run = new AutoencoderRun(images, config);
    const weights = await run.evaluator.readWeights();
    const broken = weights.map((weight) =>
      weight.name === 'encoder.0.conv1.weight'
        ? { ...weight, values: weight.values.map(() => Number.NaN) }
        : weight,
    );
    run.setWeights(broken, 0);
    await expect(run.evaluate(settings)).rejects.toMatchObject({ code: 'non-finite-loss' });
    expect(await train(run, 1)).toEqual([Number.NaN]);
    run.dispose();
  });

  it('splits a batch: the same loss for a model without batch norm of its own batch', async () => {
    // Batch norm sees other images in each part, so losses differ a little; shares and sums must be right for everything else.
    const whole = new AutoencoderRun(images, config);
    const parts = new AutoencoderRun(images, config, 2);
    const [first] = await train(whole, 1);
    const [again] = await train(parts, 1);
    expect(again).not.toBe(first);
    expect(Math.abs(again! / first! - 1)).toBeLessThan(0.2);
    const losses = await train(parts, 11);
    expect(losses.at(-1)!).toBeLessThan(again!);
    whole.dispose();
    parts.dispose();
  });

  it('repeats the same bits for the same seed, including weights', async () => {
    const weights = await Promise.all(
      [0, 1].map(async () => {
        const run = new AutoencoderRun(images, config);
        await train(run, 3);
        const values = await run.evaluator.readWeights();
        run.dispose();
        return values;
      }),
    );
    expect(weights[0]).toEqual(weights[1]);
  });

  it('probes the spectrum of the residual like float64, and changes nothing', async () => {
    // Twelve training images: the probe uses eight of them, and skips every third.
    const set = tinyImages(32, 12, 2);
    const run = new AutoencoderRun(set, { ...config, batch: 12 });
    await train(run, 2);
    const before = await run.evaluator.readWeights();
    const { power, inputPower } = await run.probeSpectrum();
    expect(await run.evaluator.readWeights()).toEqual(before);
    run.dispose();

    const model = createAutoencoder(config);
    model.setWeights(before);
    const x = imageBatch(set, [0, 1, 3, 4, 6, 7, 9, 10]);
    const y = model.evaluateByBatch(x);
    const [input, output] = await Promise.all([x.data<'float32'>(), y.data<'float32'>()]);
    tf.dispose([x, y]);
    model.dispose();
    const residual = Float64Array.from(input, (value, i) => value - output[i]!);
    const expected = radialPower(residual, 32);
    const mean = residual.reduce((sum, value) => sum + value * value, 0) / residual.length;
    expect(Math.abs(power.reduce((sum, value) => sum + value, 0) / mean - 1)).toBeLessThan(1e-6);
    // The same weights on the same device. The input is float32 here and bytes there: 2^-25 of values around 0.5, compared with
    // coefficients of at least 1e-4.
    for (const [radius, value] of expected.entries()) {
      expect(Math.abs(power[radius]! / value - 1), `radius ${radius}`).toBeLessThan(1e-4);
    }
    // A disc of 0.2 to 0.5 on a background of 0.5 to 0.7: most of the power is in the mean.
    expect(inputPower[0]! / inputPower.reduce((sum, value) => sum + value, 0)).toBeGreaterThan(0.8);
  });

  it('holds no more tensors and memory after each further round of steps, a probe and an evaluation, and none after disposal', async () => {
    releaseFreeBuffers();
    const before = { tensors: tf.memory().numTensors, bytes: heldBytes() };
    const run = new AutoencoderRun(images, config);
    await train(run, 3);
    await run.evaluate(settings);
    await run.probeSpectrum();
    await train(run, 6);
    await run.probeSpectrum();
    await run.evaluate(settings);
    const steady = { tensors: tf.memory().numTensors, bytes: heldBytes() };
    for (let round = 0; round < 3; round++) {
      await train(run, 6);
      await run.probeSpectrum();
      await run.evaluate(settings);
      expect({ tensors: tf.memory().numTensors, bytes: heldBytes() }).toEqual(steady);
    }
    run.dispose();
    releaseFreeBuffers();
    expect({ tensors: tf.memory().numTensors, bytes: heldBytes() }).toEqual(before);
  });

  it('rejects an image set without training images', () => {
    expect(() => new AutoencoderRun(tinyImages(32, 0, 2), config)).toThrow(/no training images/);
  });
});
