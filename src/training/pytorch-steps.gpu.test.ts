import * as v from 'valibot';
import { expect, it } from 'vitest';
import { type RunConfig, runConfigSchema } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import golden from '#testing/golden/pytorch-steps.golden.json';
import { describeBackends } from '#testing/gpu.ts';
import { renderedImages, renderedSet } from '#testing/rendered-images.ts';
import { AutoencoderRun } from './autoencoder-run.ts';

/** The promise to users of `residua_torch.py`, whose losses in float64 these are: `src/io/residua-torch-train.test.ts` runs it. */
const tolerance = 1e-4;

describeBackends('the steps from equal weights and batches', () => {
  for (const { name, change, losses } of golden.cases) {
    it(`have the losses of residua_torch.py: ${name}`, async () => {
      const config: RunConfig = v.parse(runConfigSchema, {
        ...presets.quickLook,
        ...golden.config,
        ...change,
      });
      const run = new AutoencoderRun(renderedSet(renderedImages(), config.side), config);
      for (let step = 0; step < losses.length; step++) run.step();
      const own = await run.takeLosses();
      run.dispose();
      expect(own).toHaveLength(losses.length);
      for (const [step, { loss, objective = loss }] of own.entries()) {
        const [expectedLoss, expectedObjective] = losses[step]!;
        expect(Math.abs(loss / expectedLoss! - 1), `step ${step + 1}`).toBeLessThan(tolerance);
        expect(Math.abs(objective / expectedObjective! - 1), `step ${step + 1}`).toBeLessThan(tolerance);
      }
    });
  }
});
