import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { heldBytes } from '#engine/device.ts';
import { webgpuBackend } from '#engine/webgpu/backend.ts';
import { deferSubmissions, releaseFreeBuffers } from '#engine/webgpu/submission.ts';
import { limitsHere } from '#testing/device-limits.ts';
import { describeBackends } from '#testing/gpu.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { AutoencoderRun } from './autoencoder-run.ts';
import { planRun } from './run-plan.ts';

const base: RunConfig = { ...presets.quickLook, side: 32, batch: 6 };
const counts = { train: 14, test: 4 };

const cases: readonly Partial<RunConfig>[] = [
  { loss: 'wfdl' },
  { loss: 'l2', width: 0.5 },
  { loss: 'ssim' },
  { loss: 'wfdl', microBatch: 2 },
  { loss: 'wfdl', side: 64, batch: 4 },
  { loss: 'composite', compositeWfdl: 1, weight: 'adaptive-batch' },
  { loss: 'wfdl', weight: 'adaptive-dataset', microBatch: 4 },
];

describeBackends('planRun', (backend) => {
  for (const change of cases) {
    it(`predicts the memory of a run: ${JSON.stringify(change)}`, async () => {
      if (backend === 'webgpu') deferSubmissions(webgpuBackend());
      releaseFreeBuffers();
      const config = { ...base, ...change };
      const plan = planRun(config, counts, limitsHere());
      // Without any run, the processor holds only its threads' own memory, which is part of the plan.
      const before = backend === 'webgpu' ? heldBytes() : 0;
      const run = new AutoencoderRun(
        tinyImages(config.side, counts.train, counts.test),
        config,
        plan.microBatch,
      );
      for (let step = 0; step < 4; step++) run.step();
      await run.takeLosses();
      await run.evaluate(evaluationSettingsOf(presets.recommended));
      await run.probeSpectrum();
      const measured = run.peakBytes - before;
      run.dispose();
      expect(
        Math.abs(plan.memoryBytes / measured - 1),
        `${plan.memoryBytes} planned, ${measured} held`,
      ).toBeLessThan(0.02);
    });
  }

  it('leaks no tensor and restores the backend', () => {
    const before = heldBytes();
    planRun(base, counts, limitsHere());
    expect(heldBytes()).toBe(before);
    expect(tf.getBackend()).toBe(backend);
  });
});
