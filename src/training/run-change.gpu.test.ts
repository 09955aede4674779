import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { StepLosses } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { largestDifference } from '#testing/compare.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from './autoencoder-run.ts';

const images = tinyImages(32, 8, 4);
const config: RunConfig = {
  ...presets.quickLook,
  side: 32,
  batch: 4,
  epochs: 4,
  holdOutPercent: 0,
  curriculum: 0,
  schedule: 'constant',
};

const train = async (run: AutoencoderRun, steps: number): Promise<readonly StepLosses[]> => {
  for (let step = 0; step < steps; step++) run.step();
  return run.takeLosses();
};

/** All weights as one list. */
const weightsOf = async (run: AutoencoderRun): Promise<readonly number[]> =>
  (await run.evaluator.readWeights()).flatMap(({ values }) => Array.from(values));

describeBackends('a run that continues with other settings', () => {
  it('has, bit for bit, the weights of a run that had the epochs from the start', async () => {
    const whole = new AutoencoderRun(images, config);
    const losses = await train(whole, 8);
    const expected = await weightsOf(whole);
    whole.dispose();

    const run = new AutoencoderRun(images, { ...config, epochs: 2 });
    const before = await train(run, 4);
    await run.evaluate(evaluationSettingsOf(config));
    run.keepState();
    run.change(config);
    const after = await train(run, 4);
    expect([...before, ...after]).toEqual(losses);
    expect(await weightsOf(run)).toEqual(expected);
    run.dispose();
  });

  it('follows schedule and curriculum of the new epochs, as if they had been planned', async () => {
    const planned = { ...config, curriculum: 0.5, schedule: 'cosine' } as const;
    const run = new AutoencoderRun(images, { ...planned, epochs: 2 });
    await train(run, 4);
    run.change(planned);
    const losses = await train(run, 4);
    // The curriculum lasts half of the 8 steps: the first four of them are over.
    expect(losses.every(({ objective }) => objective === undefined)).toBe(true);
    run.change({ ...planned, epochs: 100 });
    const [loss] = await train(run, 1);
    expect(loss?.objective).toBeDefined();
    expect(loss?.objective).not.toBe(loss?.loss);
    run.dispose();
  });

  it('at half the rate moves the weights half as far as a twin that keeps its rate', async () => {
    // RAdam's update is proportional to the rate, and a step does not use batch norm's running averages.
    const moved = async (learningRate: number): Promise<readonly number[]> => {
      const run = new AutoencoderRun(images, config);
      await train(run, 3);
      const before = await run.evaluator.readWeights();
      run.change({ ...config, learningRate });
      await train(run, 1);
      const after = await run.evaluator.readWeights();
      run.dispose();
      return before.flatMap(({ name, values }, index) =>
        name.includes('running')
          ? []
          : Array.from(values, (value, i) => (after[index]?.values[i] ?? Number.NaN) - value),
      );
    };
    const slow = await moved(config.learningRate / 2);
    const fast = await moved(config.learningRate);
    expect(fast.some((value) => value !== 0)).toBe(true);
    // Weights up to 2 are rounded to multiples of 2^-23, before and after the step.
    const doubled = slow.map((value) => 2 * value);
    expect(largestDifference(doubled, fast)).toBeLessThan(3 * 2 ** -23);
  });

  it('of another rate or weight before the first step equals a run configured with it, bit for bit', async () => {
    for (const change of [
      { learningRate: 1e-4 },
      { dcWeight: 0, weight: 'uniform' },
      { weight: 'adaptive-dataset', weightGamma: 0.5 },
    ] as const) {
      const reference = new AutoencoderRun(images, { ...config, ...change });
      const expected = await train(reference, 3);
      const weights = await weightsOf(reference);
      reference.dispose();
      const run = new AutoencoderRun(images, config);
      run.change({ ...config, ...change });
      expect(await train(run, 3)).toEqual(expected);
      expect(await weightsOf(run)).toEqual(weights);
      run.dispose();
    }
  });

  it('records its step again after a change of the weight, from the recorded one and back', async () => {
    const run = new AutoencoderRun(images, config);
    const [first] = await train(run, 1);
    run.keepState();
    // The weights stay: at rate 1e-8 a step changes no loss by more than its last bits.
    const still = { ...config, learningRate: 1e-8 };
    run.change({ ...still, weight: 'uniform' });
    const uniform = await train(run, 2);
    run.change(still);
    const radial = await train(run, 2);
    expect(first).toBeDefined();
    for (const { loss } of [...uniform, ...radial]) expect(loss).toBeGreaterThan(0);
    const mean = (losses: readonly StepLosses[]): number =>
      losses.reduce((sum, { loss }) => sum + loss, 0) / losses.length;
    expect(Math.abs(mean(uniform) / mean(radial) - 1)).toBeGreaterThan(0.1);
    run.dispose();
  });
});
