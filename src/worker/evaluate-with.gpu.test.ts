/** Evaluates retained runs by given settings, beside the present run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { type EvaluationSettings, evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import type { Evaluation } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { createTrainingClient, type TrainingClient } from './training-client.ts';

const config: RunConfig = {
  ...presets.quickLook,
  ...{ side: 32, batch: 4, epochs: 1, evaluateEvery: 1, batchNorm: 'running' },
};
const other: EvaluationSettings = { ...evaluationSettingsOf(config), score: 'ssim' };
const calibrated: EvaluationSettings = { ...evaluationSettingsOf(config), residual: 'calibrated' };

describe.each(['webgpu', 'wasm'] as const)('a retained run on %s', (device) => {
  let client: TrainingClient;
  let files: ExportedRun;
  let recalibratedFiles: ExportedRun;
  let latest: Evaluation | undefined;
  /** The evaluations of the run while it is the present one. */
  const asPresent: Record<string, Evaluation | undefined> = {};

  const copied = ({ modelJson, weights }: ExportedRun): ExportedRun => ({
    modelJson,
    weights: weights.slice(0),
  });

  /** An evaluation without its time. */
  const timeless = (evaluation: Evaluation | undefined) => ({ ...evaluation, elapsedMs: 0 });

  beforeAll(async () => {
    client = createTrainingClient();
    client.on('evaluation', (evaluation) => {
      latest = evaluation;
    });
    await client.request('openDevice', { choice: device });
    await client.request('loadImages', tinyImages(32, 8, 4));
    await client.request('configure', config);
    await client.request('step');
    await client.request('stop');
    files = await client.request('exportRun', { threshold: undefined, past: false });
    const evaluated = async (settings: EvaluationSettings) => {
      await client.request('reevaluate', settings);
      return latest;
    };
    asPresent['ssim'] = await evaluated(other);
    asPresent['calibrated'] = await evaluated(calibrated);
    asPresent['recalibrated'] = await evaluated({ ...other, batchNorm: 'recalibrated' });
    recalibratedFiles = await client.request('exportRun', { threshold: undefined, past: false });
    await client.request('configure', { ...config, loss: 'l2', seed: 1 });
    await client.request('step');
    // Compiling the kernels takes most of the time.
  }, 120_000);
  afterAll(() => client.terminate());

  it('has exactly the evaluation that it has as the present run, which stays as it is', async () => {
    const before = await client.request('view', { index: 9 });
    const ssim = await client.request('evaluateWith', { files: copied(files), settings: other });
    expect(timeless(ssim)).toEqual(timeless(asPresent['ssim']));
    const byDistance = await client.request('evaluateWith', { files: copied(files), settings: calibrated });
    expect(timeless(byDistance)).toEqual(timeless(asPresent['calibrated']));
    expect(await client.request('view', { index: 9 })).toEqual(before);
  });

  it('is recalibrated if its files have running averages, and says so if they have none', async () => {
    const recalibrated = { ...other, batchNorm: 'recalibrated' } as const;
    const again = await client.request('evaluateWith', { files: copied(files), settings: recalibrated });
    expect(timeless(again)).toEqual(timeless(asPresent['recalibrated']));
    expect(again.scores).not.toEqual(asPresent['ssim']?.scores);
    const kept = await client.request('evaluateWith', { files: copied(recalibratedFiles), settings: other });
    expect(kept.batchNorm).toBe('recalibrated');
    expect(kept.scores).toEqual(asPresent['recalibrated']?.scores);
  });

  it('can be canceled, and is refused on images of another side', async () => {
    const abort = new AbortController();
    const call = { signal: abort.signal };
    // The calibration has a yield point after each image.
    const request = { files: copied(files), settings: calibrated };
    const evaluated = client.request('evaluateWith', request, call);
    abort.abort();
    await expect(evaluated).rejects.toMatchObject({ code: 'cancelled' });
    await client.request('loadImages', tinyImages(64, 2, 2));
    await expect(client.request('evaluateWith', request)).rejects.toThrow(/at side 64.*side 32/);
  });
});
