import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { createLoss, type StepLoss } from '#losses/create-loss.ts';
import { createAutoencoder, type NamedArray } from '#model/autoencoder.ts';
import { createRadam } from '#optim/radam.ts';
import golden from '#testing/golden/step.golden.json';
import { goldenImages, goldenWeights } from '#testing/golden-model.ts';
import { describeBackends } from '#testing/gpu.ts';
import { computeStep, disposeLosses, type MicroBatch, type StepParts } from './train-step.ts';

const { side, width, batch, draw, samples } = golden;

/** Runs one step and disposes its images. */
const runStep = (parts: StepParts, images: readonly MicroBatch[], exponent = 1): StepLoss => {
  const rectified = parts.optimizer.advance();
  const growing = exponent < 1 ? tf.scalar(exponent) : undefined;
  const losses = computeStep(parts, images, { rectified, exponent: growing });
  growing?.dispose();
  for (const part of images) part.images.dispose();
  return losses;
};

/** Weights before and after one step, and its loss. */
const oneStep = async (change: Pick<RunConfig, 'loss' | 'learningRate'>, parts: number) => {
  const config: RunConfig = { ...presets.recommended, ...change };
  const model = createAutoencoder({ side, width, seed: 0, initialisation: 'pytorch' });
  model.setWeights(goldenWeights(side, width));
  const variables = model.parameters.map(({ variable }) => variable);
  const loss = createLoss(config, side);
  const optimizer = createRadam(config, variables);
  const before = await model.readWeights();
  const values = goldenImages(batch, side, draw);
  const size = values.length / parts;
  const value = runStep(
    { model, loss, optimizer, variables },
    Array.from({ length: parts }, (_, part) => ({
      images: tf.tensor4d(values.subarray(part * size, (part + 1) * size), [batch / parts, side, side, 3]),
      share: 1 / parts,
    })),
  );
  const after = await model.readWeights();
  const [lossValue] = await value.final.data();
  disposeLosses(value);
  for (const owner of [model, loss, optimizer]) owner.dispose();
  return { before, after, loss: lossValue! };
};

const valuesOf = (weights: readonly NamedArray[], name: string): Float32Array =>
  weights.find((weight) => weight.name === name)!.values;

describeBackends('one step of the whole model', () => {
  for (const { loss, learningRate, value, updates } of golden.cases) {
    it(`moves every weight like PyTorch, with the loss ${loss}`, async () => {
      const step = await oneStep({ loss: loss as RunConfig['loss'], learningRate }, 1);
      // A mean of 12288 terms after some thirty layers, each with an error of about 1e-6.
      expect(Math.abs(step.loss / value - 1)).toBeLessThan(1e-5);
      expect(Object.keys(updates)).toHaveLength(
        step.before.filter(({ name }) => !name.includes('running')).length,
      );
      for (const [name, update] of Object.entries(updates)) {
        const before = valuesOf(step.before, name);
        const after = valuesOf(step.after, name);
        // PyTorch's own float32 updates differ from these float64 ones by up to 9e-5 of the largest of their tensor.
        const tolerance = Math.min(1e-4, 1e-3 * update.largest);
        const stride = Math.max(1, Math.floor(before.length / samples));
        update.sampled.forEach((expected, index) => {
          const at = index * stride;
          expect(Math.abs(after[at]! - (before[at]! + expected)), `${name}[${at}]`).toBeLessThan(tolerance);
        });
      }
    });
  }

  it('sums micro-batches of equal images to the step of one of them', async () => {
    // Both halves are the same images, so batch norm also sees the same: loss and weights agree up to rounding.
    const model = createAutoencoder({ side, width, seed: 3, initialisation: 'he-normal' });
    const variables = model.parameters.map(({ variable }) => variable);
    const loss = createLoss({ ...presets.recommended, loss: 'l2' }, side);
    const images = goldenImages(2, side, 1);
    const batchOf = () => tf.tensor4d(images, [2, side, side, 3]);
    const results: { loss: number; weights: NamedArray[] }[] = [];
    for (const shares of [[1], [0.25, 0.75]]) {
      model.reset();
      const optimizer = createRadam({ ...presets.recommended, learningRate: 0.1 }, variables);
      const value = runStep(
        { model, loss, optimizer, variables },
        shares.map((share) => ({ images: batchOf(), share })),
      );
      const [lossValue] = await value.final.data();
      results.push({ loss: lossValue!, weights: await model.readWeights() });
      disposeLosses(value);
      optimizer.dispose();
    }
    const [whole, parts] = results as [(typeof results)[0], (typeof results)[0]];
    expect(Math.abs(parts.loss / whole.loss - 1)).toBeLessThan(1e-6);
    for (const { name, values } of whole.weights) {
      // The second pass updates the running averages once more.
      if (name.includes('running')) continue;
      const other = valuesOf(parts.weights, name);
      // A step of 0.1 times a gradient below 1, whose three roundings are 2^-24 each.
      for (let i = 0; i < values.length; i++) expect(Math.abs(values[i]! - other[i]!)).toBeLessThan(1e-6);
    }
    for (const owner of [model, loss]) owner.dispose();
  });

  it('minimizes the loss of the curriculum and reports that of the final weight', async () => {
    const config: RunConfig = { ...presets.recommended, loss: 'wfdl' };
    const model = createAutoencoder({ ...config, side, width });
    const variables = model.parameters.map(({ variable }) => variable);
    const loss = createLoss(config, side);
    const images = goldenImages(2, side, 1);
    const stepAt = async (exponent: number, shares: readonly number[]) => {
      model.reset();
      const optimizer = createRadam(config, variables);
      const held = tf.memory().numTensors;
      const losses = runStep(
        { model, loss, optimizer, variables },
        shares.map((share) => ({ images: tf.tensor4d(images, [2, side, side, 3]), share })),
        exponent,
      );
      const [objective] = await losses.objective.data();
      const [final] = await losses.final.data();
      disposeLosses(losses);
      expect(tf.memory().numTensors).toBe(held);
      optimizer.dispose();
      return { objective: objective!, final: final!, weights: await model.readWeights() };
    };
    const last = await stepAt(1, [1]);
    const early = await stepAt(0.25, [1]);
    const inParts = await stepAt(0.25, [0.5, 0.5]);
    // The same initial weights and images have the same loss with the final weight, up to the order of the sum.
    expect(Math.abs(early.final / last.final - 1)).toBeLessThan(1e-6);
    expect(last.objective).toBe(last.final);
    expect(Math.abs(early.objective / early.final - 1)).toBeGreaterThan(0.01);
    expect(Math.abs(inParts.final / early.final - 1)).toBeLessThan(1e-6);
    expect(Math.abs(inParts.objective / early.objective - 1)).toBeLessThan(1e-6);
    const moved = (weights: readonly NamedArray[]) => valuesOf(weights, 'decoder.8.weight');
    expect(moved(early.weights)).not.toEqual(moved(last.weights));
    for (const owner of [model, loss]) owner.dispose();
  });

  it('refuses a step that is not finite: weights, moments and running averages stay, and the next step is taken', async () => {
    const config: RunConfig = { ...presets.recommended, loss: 'wfdl' };
    const model = createAutoencoder({ ...config, side, width });
    const variables = model.parameters.map(({ variable }) => variable);
    const loss = createLoss(config, side);
    const optimizer = createRadam(config, variables);
    const parts = { model, loss, optimizer, variables };
    const images = goldenImages(2, side, 1);
    const step = (values: Float32Array) =>
      disposeLosses(runStep(parts, [{ images: tf.tensor4d(values, [2, side, side, 3]), share: 1 }]));
    const state = async () => ({
      weights: await model.readWeights(),
      moments: (await optimizer.moments.data()).slice(),
    });
    step(images);
    const before = await state();
    step(images.map((value, index) => (index === 7 ? Number.NaN : value)));
    expect([...(await optimizer.refused.data())]).toEqual([1]);
    expect(await state()).toEqual(before);
    step(images);
    expect([...(await optimizer.refused.data())]).toEqual([0]);
    expect((await state()).weights).not.toEqual(before.weights);
    for (const owner of [model, loss, optimizer]) owner.dispose();
  });

  it('rejects a batch without images', () => {
    const model = createAutoencoder({
      side,
      width,
      seed: 3,
      initialisation: 'pytorch',
      initialValues: 'zero',
    });
    const variables = model.parameters.map(({ variable }) => variable);
    const loss = createLoss({ ...presets.recommended, loss: 'l2' }, side);
    const optimizer = createRadam(presets.recommended, variables);
    expect(() => runStep({ model, loss, optimizer, variables }, [])).toThrow('no images');
    for (const owner of [model, loss, optimizer]) owner.dispose();
  });
});
