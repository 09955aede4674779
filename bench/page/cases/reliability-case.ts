/** The price of reliability: the check of a graphics device before its first run, and the checkpoints while a run trains. */
import { presets } from '#core/presets.ts';
import { openBrowserStorage } from '#store/storage/browser-storage.ts';
import { describeCheckpoint } from '#store/storage/stored-checkpoint.ts';
import { tinyImages } from '#testing/tiny-images.ts';
import { deviceFault } from '#training/device-check/device-fault.ts';
import { createTrainingClient, type TrainingClient } from '#worker/training-client.ts';
import { benchRow } from '../../bench-row.ts';
import { median } from '../../statistics.ts';
import type { BenchCase } from '../bench-case.ts';

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const startMs = performance.now();
  await work();
  return performance.now() - startMs;
};

const repeated = async (samples: number, work: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample++) times.push(await timed(work));
  return median(times);
};

/** `device-check`: medianMs is the first check of the page, with its compiling, baselineMs a later one; ratio is the fraction. */
export const deviceCheckCase: BenchCase = {
  ids: ['device-check'],
  run: async ({ timing: { samples } }) => {
    const check = async (): Promise<void> => {
      const fault = await deviceFault();
      if (fault !== undefined) throw new Error(fault);
    };
    const firstMs = await timed(check);
    const laterMs = await repeated(samples, check);
    return [
      benchRow({ id: 'device-check', baseline: 'a later check', medianMs: firstMs, baselineMs: laterMs }, {}),
    ];
  },
};

/** The page takes checkpoints at most this often (`CheckpointPace`). */
const intervalMs = 20_000;

const config = { ...presets.recommended, epochs: 100_000, evaluateEvery: 100_000 };

/** Resolves after the next losses of a run. */
const nextLosses = (training: TrainingClient): Promise<void> =>
  new Promise((resolve) => {
    const stop = training.on('steps', () => {
      stop();
      resolve();
    });
  });

/**
 * `checkpoint`: medianMs is a checkpoint of a run of the preset Recommended while it trains, taken and stored, baselineMs the time
 * between two; ratio is the share of it. The run is on the device that the page would choose.
 */
export const checkpointCase: BenchCase = {
  ids: ['checkpoint'],
  run: async ({ timing: { samples } }) => {
    const training = createTrainingClient();
    const { checkpoints } = await openBrowserStorage();
    const runId = 'bench';
    try {
      await training.request('openDevice', { choice: 'auto' });
      await training.request('loadImages', tinyImages(config.side, config.batch + 2, 2));
      await training.request('configure', config);
      await training.request('start');
      await nextLosses(training);
      const takenMs = await repeated(samples, async () => {
        const files = await training.request('checkpoint', { past: false });
        const described = describeCheckpoint(runId, files, { trainMs: undefined, raceId: undefined });
        await checkpoints.write(
          described,
          files.map(({ bytes }) => bytes),
        );
      });
      return [
        benchRow(
          {
            id: 'checkpoint',
            baseline: 'the time between two: ratio is the share of it',
            ratio: takenMs / intervalMs,
            medianMs: takenMs,
            baselineMs: intervalMs,
          },
          {},
        ),
      ];
    } finally {
      training.terminate();
      await checkpoints.removeRun(runId);
    }
  },
};
