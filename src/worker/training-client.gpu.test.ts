import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import type { Evaluation, PastEvaluation, StepRecord } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { parseRun } from '#io/parse-run.ts';
import { largestDifference } from '#testing/compare.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import type { RunStatus } from './protocol.ts';
import { createTrainingClient, type TrainingClient } from './training-client.ts';

const config: RunConfig = { ...presets.quickLook, side: 32, batch: 4, epochs: 3, evaluateEvery: 2 };

const withoutPast = { threshold: undefined, past: false } as const;

describe.each(['webgpu', 'wasm'] as const)('the training worker on %s', (device) => {
  let client: TrainingClient;
  const steps: StepRecord[] = [];
  const evaluations: Evaluation[] = [];
  let kept: readonly PastEvaluation[] = [];
  let status: RunStatus | undefined;

  const until = (phase: RunStatus['phase']): Promise<void> =>
    new Promise((resolve) => {
      const stop = client.on('status', (next) => {
        if (next.phase !== phase) return;
        stop();
        resolve();
      });
    });

  beforeAll(() => {
    client = createTrainingClient();
    client.on('steps', (records) => steps.push(...records));
    client.on('evaluation', (evaluation) => evaluations.push(evaluation));
    client.on('kept', (next) => {
      kept = next;
    });
    client.on('status', (next) => {
      status = next;
    });
  });
  afterAll(() => client.terminate());

  it('refuses to train before there are images, and says what to do', async () => {
    expect((await client.request('openDevice', { choice: device })).backend).toBe(device);
    await expect(client.request('estimate', config)).rejects.toMatchObject({ code: 'no-images' });
    await expect(client.request('configure', config)).rejects.toThrow('Open a category folder or the sample');
    await expect(client.request('step')).rejects.toMatchObject({ code: 'no-run' });
  });

  it('takes the images over and shows one without a model', async () => {
    const images = tinyImages(32, 8, 4);
    await client.request('loadImages', images);
    expect(images.pixels.byteLength).toBe(0);
    const view = await client.request('view', { index: 9 });
    expect(view).toMatchObject({ path: 'test/square/009.png', side: 32, output: undefined });
    expect(view.mask?.some((value) => value === 1)).toBe(true);
  });

  it('refuses a config whose side the images do not have', async () => {
    await expect(client.request('configure', { ...config, side: 64 })).rejects.toThrow(/at side 32.*side 64/);
  });

  it('estimates memory, time and micro-batch before a run', async () => {
    const whole = await client.request('estimate', config);
    expect(whole).toMatchObject({ batch: 4, microBatch: 4 });
    // One of the eight training images is held out.
    expect(await client.request('estimateFor', { config, train: 7, test: 4 })).toEqual(whole);
    // The same pace: twice as many images take twice as long.
    const twice = await client.request('estimateFor', { config, train: 14, test: 4 });
    expect(twice.epochMs).toBe(2 * whole.epochMs!);
    expect((await client.request('estimate', { ...config, microBatch: 2 })).microBatch).toBe(2);
    // Here images need more memory than weights. Micro-batches hold the weights' gradients twice.
    const large = { config: { ...config, side: 128, batch: 8 }, train: 8, test: 4 } as const;
    const parts = await client.request('estimateFor', {
      ...large,
      config: { ...large.config, microBatch: 2 },
    });
    expect(parts.memoryBytes).toBeLessThan((await client.request('estimateFor', large)).memoryBytes);
    const wide = { ...config, width: 1 } as const;
    await expect(client.request('estimate', { ...wide, memoryBudgetMB: 64 })).rejects.toMatchObject({
      code: 'out-of-memory',
    });
    await expect(client.request('configure', { ...wide, memoryBudgetMB: 64 })).rejects.toThrow(
      'Raise the budget',
    );
  });

  it('estimates a run on images that are not loaded, and says where its pace comes from', async () => {
    const few = await client.request('estimateFor', { config, train: 8, test: 4 });
    const many = await client.request('estimateFor', {
      config: { ...config, side: 64 },
      train: 800,
      test: 4,
    });
    expect(few.paceSource).toBe('convolution');
    // The same pace: time is proportional to the number of images, and larger images take longer.
    expect(many.epochMs).toBeGreaterThan(100 * (few.epochMs ?? Number.NaN));
    expect(many.memoryBytes).toBeGreaterThan(few.memoryBytes);
  });

  it('pauses while it compiles, and trains to the end with losses, evaluations and views', async () => {
    const { memoryBytes } = await client.request('estimate', config);
    const { parameterCount, ...summary } = await client.request('configure', config);
    expect(summary).toEqual({ stepsPerEpoch: 2, microBatch: 4 });
    await client.request('start');
    await client.request('pause');
    expect(status?.phase).toBe('paused');
    // The processor compiles nothing, so it may already have taken a step.
    if (device === 'webgpu') expect(status?.step).toBe(0);
    const viewed = new Promise<number | undefined>((resolve) => {
      client.on('view', (view) => resolve(view.output?.step));
    });
    const finished = until('finished');
    await client.request('start');
    await finished;
    expect(steps.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(evaluations.map(({ epoch }) => epoch)).toEqual([2, 3]);
    expect(await viewed).toBe(4);
    // Weights and the two moments of RAdam, as float32, and the copies of the last good state.
    expect(status?.deviceBytes).toBeGreaterThanOrEqual(2 * 3 * 4 * parameterCount);
    // The plan promises what is held within 2 %.
    expect(status?.deviceBytes).toBeLessThanOrEqual(1.02 * memoryBytes);
  });

  it('shows a test image as a past evaluation had it, until the latest is asked for', async () => {
    expect(kept).toEqual([
      { epoch: 2, step: 4 },
      { epoch: 3, step: 6 },
    ]);
    const latest = (await client.request('view', { index: 9 })).output!;
    const past = (await client.request('viewPast', { index: 9, step: 4 }))!.output!;
    expect(past).toMatchObject({ epoch: 2, step: 4 });
    // Test images begin after the eight of training. The score is a sum over 32 x 32 x 3 squared residuals below 1, each of
    // which the quantisation changes by at most 2 / 131070.
    const score = evaluations[0]!.scores[9 - 8]!;
    expect(Math.abs(past.score - score)).toBeLessThan((32 * 32 * 3 * 2) / 131_070);
    expect(latest.score).toBe(evaluations[1]!.scores[9 - 8]);
    // More than quantization can cause, so it is another reconstruction.
    expect(largestDifference(past.reconstruction, latest.reconstruction)).toBeGreaterThan(2 ** -16);
    const last = (await client.request('viewPast', { index: 9, step: 6 }))!.output!;
    expect(largestDifference(last.reconstruction, latest.reconstruction)).toBeLessThanOrEqual(2 ** -16);
    expect(await client.request('viewPast', { index: 9, step: 5 })).toBeUndefined();
    expect(await client.request('viewPast', { index: 0, step: 4 })).toBeUndefined();
  });

  it('keeps evaluation and settings where evaluating with others is called off', async () => {
    const before = evaluations.length;
    const abort = new AbortController();
    const evaluated = client.request(
      'reevaluate',
      { ...evaluationSettingsOf(config), batchNorm: 'running' },
      { signal: abort.signal },
    );
    abort.abort();
    await expect(evaluated).rejects.toMatchObject({ code: 'cancelled' });
    expect(evaluations).toHaveLength(before);
    expect(status).toMatchObject({ phase: 'finished', activity: undefined, progress: undefined });
    const { config: exported } = parseRun(await client.request('exportRun', withoutPast));
    expect(exported.batchNorm).toBe(config.batchNorm);
  });

  it('exports a run that another one replaces at once', async () => {
    const withPast = { ...withoutPast, past: true };
    const files = await client.request('exportRun', withPast);
    const [last] = await Promise.all([
      client.request('exportRun', withPast),
      client.request('configure', config),
    ]);
    expect(last).toEqual(files);
    await client.request('openRun', files);
    await client.request('importRun', { images: undefined });
  });

  it('shows past epochs as before after a run is exported and imported with them', async () => {
    const before = await Promise.all([4, 6].map((step) => client.request('viewPast', { index: 9, step })));
    expect(before.every((view) => view !== undefined)).toBe(true);
    const { past, ...model } = await client.request('exportRun', { ...withoutPast, past: true });
    const files = () => ({ ...model, past: past!.slice(0) });
    await client.request('openRun', files());
    const imported = await client.request('importRun', { images: undefined });
    expect(imported.pastLeftOut).toBeUndefined();
    expect(imported.kept).toEqual([
      { epoch: 2, step: 4 },
      { epoch: 3, step: 6 },
    ]);
    const after = await Promise.all([4, 6].map((step) => client.request('viewPast', { index: 9, step })));
    expect(after).toEqual(before);

    // Files of another run, and a damaged one.
    const other = JSON.parse(model.modelJson);
    other.userDefinedMetadata.residua.history.steps.loss[0] = 1;
    await client.request('openRun', { ...files(), modelJson: JSON.stringify(other) });
    const foreign = await client.request('importRun', { images: undefined });
    expect(foreign.pastLeftOut).toMatch(/they belong to another run/);
    expect(foreign.kept).toEqual([{ epoch: 3, step: 6 }]);
    await client.request('openRun', { ...model, past: past!.slice(0, -1) });
    const damaged = await client.request('importRun', { images: undefined });
    expect(damaged.pastLeftOut).toMatch(/it is cut off or damaged/);
    await client.request('openRun', files());
    await client.request('importRun', { images: undefined });
  });

  it('exports a run scored with other settings and imports it again with identical scores', async () => {
    await client.request('reevaluate', {
      ...evaluationSettingsOf(config),
      batchNorm: 'running',
      bandLow: 0,
    });
    const exported = await client.request('exportRun', withoutPast);
    const before = evaluations.at(-1)!;
    expect(await client.request('openRun', exported)).toEqual({ side: 32, fit: 'squeeze' });
    const imported = await client.request('importRun', { images: undefined });
    expect(imported.config).toEqual({ ...config, batchNorm: 'running', bandLow: 0 });
    expect(imported.history.steps).toEqual(steps);
    expect(imported.history.evaluations).toHaveLength(2);
    expect(imported.history.evaluations.at(-1)?.scores).toEqual(before.scores);
    expect(imported.history.evaluations.at(-1)?.imageAuroc).toEqual(before.imageAuroc);

    // Over other images, with other steps per epoch, its epochs are still those of its training.
    await client.request('openRun', exported);
    const elsewhere = await client.request('importRun', { images: tinyImages(32, 16, 2) });
    expect(elsewhere.status).toMatchObject({ epoch: 3, step: 6, stepsPerEpoch: 2 });
    expect(elsewhere.history.evaluations.at(-1)).toMatchObject({ epoch: 3, step: 6 });
    expect(elsewhere.kept).toEqual([{ epoch: 3, step: 6 }]);
    expect((await client.request('view', { index: 17 })).output?.epoch).toBe(3);
    await client.request('openRun', exported);
    await client.request('importRun', { images: tinyImages(32, 8, 4) });
  });

  it('keeps the run where an import is called off, and takes no image of its own for it', async () => {
    const files = await client.request('exportRun', withoutPast);
    const before = await client.request('view', { index: 9 });
    const seen = [evaluations.length, steps.length];
    const abort = new AbortController();
    const call = { signal: abort.signal };
    await client.request('openRun', files);
    const imported = client.request('importRun', { images: undefined }, call);
    abort.abort();
    await expect(imported).rejects.toMatchObject({ code: 'cancelled' });
    await client.request('openRun', files);
    const atOtherSide = { images: tinyImages(64, 2, 2) };
    await expect(client.request('importRun', atOtherSide)).rejects.toThrow(/at side 64.*side 32/);
    expect([evaluations.length, steps.length]).toEqual(seen);
    expect(status?.phase).toBe('finished');
    expect(await client.request('view', { index: 9 })).toEqual(before);
    expect(await client.request('exportRun', withoutPast)).toEqual(files);
  });

  it('keeps the run where an import is refused', async () => {
    const broken = { modelJson: '{"format":', weights: new ArrayBuffer(4) };
    await expect(client.request('openRun', broken)).rejects.toMatchObject({
      code: 'import-invalid',
    });
    await expect(client.request('importRun', { images: undefined })).rejects.toMatchObject({
      code: 'no-run',
    });
    expect((await client.request('view', { index: 9 })).output?.step).toBe(6);
  });

  it('resets to the same first loss', async () => {
    await client.request('reset');
    expect(kept).toEqual([]);
    const first = steps[0];
    steps.length = 0;
    await client.request('step');
    expect(steps).toEqual([first]);
    expect((await client.request('view', { index: 9 })).output?.step).toBe(1);
  });

  it('shows an image through another run, scored as that one says, and leaves its own as it was', async () => {
    const request = { key: 'other', index: 9 };
    await client.request('stop');
    const trained = (await client.request('view', { index: 9 })).output!;
    const files = await client.request('exportRun', withoutPast);
    await client.request('configure', { ...config, loss: 'l2', seed: 1 });
    await client.request('step');
    const present = await client.request('view', { index: 9 });

    expect(await client.request('viewWith', { ...request, files: undefined })).toBeUndefined();
    const first = await client.request('viewWith', { ...request, files });
    const again = await client.request('viewWith', { ...request, files: undefined });
    expect(again).toEqual(first);
    expect(first?.output).toMatchObject({ epoch: trained.epoch, step: 1 });
    // The same weights, statistics and kernels: only the order of float32 sums may differ.
    expect(largestDifference(first!.output!.reconstruction, trained.reconstruction)).toBeLessThan(1e-5);
    // Calibrated by the same images, which both reconstruct.
    expect([trained.calibrated, first!.output!.calibrated]).toEqual([true, true]);
    expect(Math.abs(first!.output!.score / trained.score - 1)).toBeLessThan(1e-3);

    expect(largestDifference(present.output!.reconstruction, trained.reconstruction)).toBeGreaterThan(1e-2);
    expect(await client.request('view', { index: 9 })).toEqual(present);
    await client.request('loadImages', tinyImages(64, 2, 2));
    await expect(client.request('viewWith', { key: 'other', files: undefined, index: 0 })).rejects.toThrow(
      /at side 64.*side 32/,
    );
  });
});
