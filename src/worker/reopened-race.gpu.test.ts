/** A race from files: all contestants at once, as they were at their end, with their past epochs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '#core/config.ts';
import type { ExportedRun } from '#core/exported-run.ts';
import type { Evaluation } from '#core/history.ts';
import { presets } from '#core/presets.ts';
import { contestantConfigs } from '#core/race.ts';
import type { RunStatus } from '#core/training-events.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { createTrainingClient, type TrainingClient } from './training-client.ts';

const config: RunConfig = {
  ...presets.quickLook,
  ...{ side: 32, batch: 4, epochs: 3, evaluateEvery: 1, loss: 'wfdl' },
};
const configs = contestantConfigs(config, [{ loss: 'l2' }]);

describe.each(['webgpu', 'wasm'] as const)('a race from files on %s', (device) => {
  let client: TrainingClient;
  const files: ExportedRun[] = [];
  const evaluations: (Evaluation | undefined)[] = [];
  const statuses: (RunStatus | undefined)[] = [];
  const copied = (place: number): ExportedRun => {
    const { modelJson, weights, past } = files[place]!;
    return { modelJson, weights: weights.slice(0), past: past?.slice(0) };
  };

  beforeAll(async () => {
    client = createTrainingClient();
    client.on('evaluation', (evaluation) => {
      evaluations[0] = evaluation;
    });
    client.on('status', (status) => {
      statuses[0] = status;
    });
    client.on('rival', (event) => {
      if (event.name === 'evaluation') evaluations[event.place] = event.payload;
      if (event.name === 'status') statuses[event.place] = event.payload;
    });
    const finished = new Promise<void>((resolve) => {
      const follow = (): void => {
        if ([0, 1].every((place) => statuses[place]?.phase === 'finished')) resolve();
      };
      client.on('status', follow);
      client.on('rival', follow);
    });
    await client.request('openDevice', { choice: device });
    await client.request('loadImages', tinyImages(32, 8, 4));
    await client.request('configureRace', configs);
    await client.request('start');
    await finished;
    files.push(
      await client.request('exportRun', { threshold: undefined, past: true }),
      await client.request('exportRival', { place: 1, past: true }),
    );
    // Compiling the kernels takes most of the time.
  }, 120_000);
  afterAll(() => client.terminate());

  it('has measured the turns of each contestant', () => {
    for (const status of statuses) expect(status?.turnMs).toBeGreaterThan(0);
  });

  it('has the evaluations, the images and the past epochs that its contestants had', async () => {
    const ends = [...evaluations];
    const shown = await client.request('view', { index: 9 });
    await client.request('configure', { ...config, seed: 5 });
    await client.request('openRun', copied(0));
    const imported = await client.request('importRace', { images: undefined, rivals: [copied(1)] });
    expect(imported.map((run) => run.config)).toEqual(configs);
    for (const [place, { history, kept, pastLeftOut, status }] of imported.entries()) {
      expect(history.evaluations.at(-1)).toEqual({ ...ends[place], elapsedMs: expect.any(Number) });
      expect(kept.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
      expect(pastLeftOut).toBeUndefined();
      expect(status.phase).toBe('finished');
    }
    const view = await client.request('view', { index: 9 });
    expect(view.output?.score).toBe(shown?.output?.score);
    const held = await client.request('reconstructionsAt', {
      contestant: 1,
      step: imported[1]!.kept[0]!.step,
    });
    expect(held?.indices).toHaveLength(4);
  });

  it('leaves the present run as it is if one contestant is damaged', async () => {
    await client.request('configure', { ...config, seed: 6 });
    await client.request('openRun', copied(0));
    const damaged = { ...copied(1), weights: new ArrayBuffer(8) };
    await expect(
      client.request('importRace', { images: undefined, rivals: [damaged] }),
    ).rejects.toMatchObject({ code: 'import-invalid' });
    await client.request('step');
    expect(statuses[0]).toMatchObject({ phase: 'paused', step: 1 });
  });

  it('gives the test reconstructions of a retained run at its held epochs, and by its last weights', async () => {
    await client.request('openRun', copied(1));
    await client.request('importRun', { images: undefined });
    const ask = (epoch: number | undefined, knownSteps: readonly number[] = [], sent = true) =>
      client.request('reconstructionsWith', {
        ...{ key: 'one', epoch, knownSteps },
        files: sent ? copied(1) : undefined,
      });
    expect(await ask(1, [], false)).toBeUndefined();
    const first = await ask(1);
    expect(first?.epoch).toBe(1);
    const held = await client.request('reconstructionsAt', { contestant: 0, step: first?.step ?? 0 });
    expect(first?.held).toEqual(held);
    const last = await ask(undefined, [], false);
    expect(last?.epoch).toBe(3);
    const lastHeld = await client.request('reconstructionsAt', { contestant: 0, step: last?.step ?? 0 });
    expect(last?.held?.indices).toEqual(lastHeld?.indices);
    // Another size of the micro-batch sums in another order.
    const error = last?.held?.pixels.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - lastHeld!.pixels[at]!)),
      0,
    );
    expect(error).toBeLessThanOrEqual(8);
    expect(await ask(1, [first!.step], false)).toEqual({ ...first, held: undefined });
  });
});
