import { expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import { presets } from '#core/presets.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { createTrainingClient, type TrainingClient } from './training-client.ts';

const config: RunConfig = { ...presets.quickLook, side: 32, batch: 4, epochs: 20, evaluateEvery: 10 };

const finished = (client: TrainingClient): Promise<void> =>
  new Promise((resolve) => {
    client.on('status', ({ phase }) => {
      if (phase === 'finished') resolve();
    });
  });

const weightsOf = async (client: TrainingClient): Promise<Uint8Array> => {
  const { weights } = await client.request('exportRun', { threshold: undefined, past: false });
  return new Uint8Array(weights);
};

const withImages = async (): Promise<TrainingClient> => {
  const client = createTrainingClient();
  await client.request('openDevice', { choice: 'wasm' });
  await client.request('loadImages', tinyImages(32, 8, 4));
  return client;
};

it('a run goes on in another worker from a checkpoint of a running one, with the same bits', async () => {
  const first = await withImages();
  await first.request('configure', config);
  await expect(first.request('checkpoint', { past: false })).rejects.toMatchObject({ code: 'no-run' });
  const firstStep = new Promise<void>((resolve) => first.on('steps', () => resolve()));
  const end = finished(first);
  await first.request('start');
  await firstStep;
  const [checkpoint] = await first.request('checkpoint', { past: true });
  await end;
  const expected = await weightsOf(first);
  first.terminate();

  const { bytes, info } = checkpoint!;
  expect(info).toMatchObject({ config, categoryName: 'tiny', finished: false, device: { backend: 'wasm' } });
  const second = await withImages();
  await expect(second.request('resumeRun', { images: undefined })).rejects.toMatchObject({ code: 'no-run' });
  const damaged = bytes.slice(0, 100);
  await expect(second.request('openCheckpoint', [damaged])).rejects.toMatchObject({
    code: 'checkpoint-invalid',
  });
  expect(await second.request('openCheckpoint', [bytes])).toEqual([info]);
  expect(bytes.byteLength).toBe(0);
  const [resumed] = await second.request('resumeRun', { images: undefined });
  expect(resumed).toMatchObject({
    config,
    status: { phase: 'paused', step: info.step, epoch: info.epoch },
    sameDevice: true,
  });
  const secondEnd = finished(second);
  await second.request('start');
  await secondEnd;
  expect(await weightsOf(second)).toEqual(expected);
  second.terminate();
});
