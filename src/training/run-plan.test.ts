import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { planMemory } from '#engine/planning/planning-backend.ts';
import { createLoss } from '#losses/create-loss.ts';
import { createAutoencoder } from '#model/autoencoder.ts';
import { createRadam } from '#optim/radam.ts';
import { testDevice } from '#testing/device-report.ts';
import { FixedImages } from './fixed-images.ts';
import { LossLog } from './loss-log.ts';
import { microBatchSizes } from './micro-batches.ts';
import { RecordedSteps } from './recorded-step.ts';
import { planRun, planRuns } from './run-plan.ts';

const quick: RunConfig = { ...presets.quickLook, side: 32, batch: 24 };
const counts = { train: 50, test: 10 };

describe('planRun', () => {
  it('uses the whole batch if it fits', () => {
    const plan = planRun(quick, counts, testDevice);
    expect(plan).toMatchObject({ microBatch: 24, batch: 24, stepsPerEpoch: 3 });
    expect(plan.memoryBytes).toBeLessThan(quick.memoryBudgetMB * 1e6);
  });

  it('uses at most as many images as exist', () => {
    expect(planRun(quick, { train: 5, test: 0 }, testDevice)).toMatchObject({
      microBatch: 5,
      batch: 5,
      stepsPerEpoch: 1,
    });
  });

  it('uses the largest micro-batch that fits the budget, in nearly equal parts', () => {
    const side64: RunConfig = { ...quick, side: 64, width: 0.5, memoryBudgetMB: 60 };
    const plan = planRun(side64, counts, testDevice);
    expect(plan.microBatch).toBeLessThan(24);
    expect(plan.memoryBytes).toBeLessThanOrEqual(60e6);
    // One part fewer would not fit.
    const parts = Math.ceil(24 / plan.microBatch);
    const larger = { ...side64, microBatch: Math.ceil(24 / (parts - 1)) };
    expect(() => planRun(larger, counts, testDevice)).toThrow('the memory budget is 60 MB');
  });

  it('uses the whole batch if its parts would need more', () => {
    const weighty: RunConfig = { ...quick, width: 1, batch: 4 };
    const whole = planRun({ ...weighty, microBatch: 4 }, counts, testDevice);
    expect(planRun({ ...weighty, microBatch: 1 }, counts, testDevice).memoryBytes).toBeGreaterThan(
      whole.memoryBytes,
    );
    const budget = Math.ceil(whole.memoryBytes / 1e6);
    expect(planRun({ ...weighty, memoryBudgetMB: budget }, counts, testDevice).microBatch).toBe(4);
  });

  it('respects the largest buffer that the adapter binds', () => {
    const limits = { ...testDevice, maxBindingBytes: 4e6 };
    const plan = planRun({ ...quick, side: 128, batch: 32 }, counts, limits);
    expect(plan.microBatch).toBeLessThan(32);
    expect(() => planRun({ ...quick, side: 512, width: 1 }, counts, limits)).toThrow(
      /largest buffer takes \d+ MB/,
    );
  });

  it('names the need and the remedy if not even one image fits', () => {
    const huge: RunConfig = { ...quick, side: 512, width: 1, memoryBudgetMB: 64 };
    expect(() => planRun(huge, counts, testDevice)).toThrow(
      /one image at once takes \d+ MB, but the memory budget is 64 MB\. Raise the budget/,
    );
  });

  it('needs no memory for a batch that no machine could hold', () => {
    const vast: RunConfig = { ...quick, side: 512, width: 1, batch: 512, microBatch: 512 };
    expect(() => planRun(vast, { train: 600, test: 10 }, testDevice)).toThrow('Choose a smaller micro-batch');
  });

  it('plans the paper: 64 images at side 256 within 4 GB', () => {
    const plan = planRun(
      presets.paper,
      { train: 209, test: 83 },
      { ...testDevice, maxBindingBytes: 2 ** 31 },
    );
    // By hand: seven tensors of 128 x 128 x 32 floats in the first block, a third more in those below it, and the same in the
    // decoder: about 40 MB per image that the tape retains.
    expect(plan.memoryBytes / plan.microBatch).toBeGreaterThan(30e6);
    expect(plan.memoryBytes / plan.microBatch).toBeLessThan(120e6);
    expect(plan.memoryBytes).toBeLessThanOrEqual(4000e6);
  });

  it('leaks no tensor', () => {
    const before = tf.engine().state.numTensors;
    planRun(quick, counts, testDevice);
    expect(tf.engine().state.numTensors).toBe(before);
  });
});

describe('planRuns', () => {
  const alone = planRun({ ...quick, loss: 'l2' }, counts, testDevice);
  const race = (change: Partial<RunConfig> = {}) =>
    planRuns(
      [
        { ...quick, ...change, loss: 'l2' },
        { ...quick, ...change, loss: 'ssim' },
      ],
      counts,
      testDevice,
    );

  it('plans the memory of all runs, which share their temporary buffers', () => {
    const [first, second] = race();
    expect(first?.memoryBytes).toBe(second?.memoryBytes);
    expect(first?.memoryBytes).toBeGreaterThan(1.05 * alone.memoryBytes);
    expect(first?.memoryBytes).toBeLessThan(2 * alone.memoryBytes);
  });

  it('gives equal batches equal micro-batches, with which all runs together fit the budget', () => {
    const side64 = { side: 64, width: 0.5 } as const;
    const budget = planRun({ ...quick, ...side64, loss: 'l2' }, counts, testDevice).memoryBytes;
    const memoryBudgetMB = Math.ceil(budget / 1e6);
    expect(planRun({ ...quick, ...side64, loss: 'l2', memoryBudgetMB }, counts, testDevice).microBatch).toBe(
      24,
    );
    const [first, second] = race({ ...side64, memoryBudgetMB });
    expect(first?.microBatch).toBeLessThan(24);
    expect(second?.microBatch).toBe(first?.microBatch);
    expect(first?.memoryBytes).toBeLessThanOrEqual(memoryBudgetMB * 1e6);
  });

  it('plans runs of different widths and batches', () => {
    const [first, second] = planRuns([quick, { ...quick, width: 1, batch: 8 }], counts, testDevice);
    expect([first?.batch, second?.batch]).toEqual([24, 8]);
    expect(second?.work.operationsPerEpoch).toBeGreaterThan(first?.work.operationsPerEpoch ?? Number.NaN);
  });

  it('names the remedy if all runs together do not fit', () => {
    expect(() => race({ side: 512, width: 1, memoryBudgetMB: 64 })).toThrow(
      /Training 2 contestants .* the memory budget is 64 MB\. Race fewer contestants, raise the budget/,
    );
  });

  it('leaks no tensor', () => {
    const before = tf.engine().state.numTensors;
    race();
    expect(tf.engine().state.numTensors).toBe(before);
  });
});

describe('a step of the whole model', () => {
  /** Number of dispatches of a step at width 0.25, as recorded on a device. */
  const dispatchesOf = (side: RunConfig['side'], batch: number, deviceClass: 'gpu' | 'cpu'): number => {
    const config: RunConfig = { ...presets.recommended, side, width: 0.25 };
    const device = { ...testDevice, deviceClass, architecture: deviceClass === 'cpu' ? 'swiftshader' : '' };
    const { dispatches } = planMemory(device, () => {
      const model = createAutoencoder({ ...config, initialValues: 'zero' });
      const variables = model.parameters.map(({ variable }) => variable);
      const loss = createLoss(config, side);
      const optimizer = createRadam(config, variables);
      const losses = new LossLog();
      const parts = { model, loss, optimizer, variables };
      const steps = new RecordedSteps(parts, new FixedImages(side), (values) =>
        losses.store(values, optimizer.refused),
      );
      steps.run({ sizes: [batch], rectified: true, growing: false }, 1);
    });
    return dispatches[0]!;
  };

  // Without flat buffers, RAdam alone would need two per parameter, 120 at side 64; and running averages one per batch norm, 29.
  it.each([
    ['gpu', 64, 16, 217],
    ['cpu', 64, 16, 208],
    ['gpu', 32, 1, 151],
    ['cpu', 32, 1, 151],
  ] as const)('is on a %s at side %i, batch %i, no more than %i dispatches', (device, side, batch, most) => {
    expect(dispatchesOf(side, batch, device)).toBeLessThanOrEqual(most);
  });
});

describe('microBatchSizes', () => {
  it('splits a batch into parts that sum to it', () => {
    expect(microBatchSizes(10, 4)).toEqual([4, 4, 2]);
    expect(microBatchSizes(8, 8)).toEqual([8]);
    expect(microBatchSizes(3, 8)).toEqual([3]);
  });
});
