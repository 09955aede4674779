/** Scores images that are not loaded, by the last evaluation of a run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import type { Evaluation } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { createTrainingClient, type TrainingClient } from './training-client.ts';

const config: RunConfig = {
  ...presets.quickLook,
  ...{ side: 32, batch: 4, epochs: 1, evaluateEvery: 1, residual: 'calibrated', batchNorm: 'recalibrated' },
};

describe.each(['webgpu', 'wasm'] as const)('images outside the loaded ones on %s', (device) => {
  const images = tinyImages(32, 8, 5);
  const tested = images.samples.flatMap(({ split }, index) => (split === 'test' ? [index] : []));
  const bytes = 32 * 32 * 3;
  const others = {
    ...images,
    name: 'new images',
    samples: tested.map((index) => ({ ...images.samples[index], hasMask: false })),
    pixels: new Uint8Array(
      tested.flatMap((index) => [...images.pixels.subarray(index * bytes, (index + 1) * bytes)]),
    ),
    masks: new Uint8Array(0),
  };
  let client: TrainingClient;
  let latest: Evaluation | undefined;

  beforeAll(async () => {
    client = createTrainingClient();
    client.on('evaluation', (evaluation) => {
      latest = evaluation;
    });
    await client.request('openDevice', { choice: device });
    await client.request('loadImages', tinyImages(32, 8, 5));
    await client.request('configure', config);
    await expect(client.request('scoreImages', others)).rejects.toMatchObject({ code: 'no-run' });
    await client.request('step');
    await client.request('stop');
  }, 120_000);
  afterAll(() => client.terminate());

  it('have the scores and maps that they have as test images, and change nothing', async () => {
    const before = await client.request('view', { index: tested[1] });
    const { scores, maps, step } = await client.request('scoreImages', others);
    expect(step).toBe(latest?.step);
    expect([...scores]).toEqual([...(latest?.scores ?? [])]);
    expect([...(maps[1]?.map ?? [])]).toEqual([...(before.output?.residual ?? [])]);
    expect(await client.request('view', { index: tested[1] })).toEqual(before);
    await expect(client.request('scoreImages', { ...others, side: 64 })).rejects.toMatchObject({
      code: 'config-invalid',
    });
  });
});
