import { expect, it } from 'vitest';
import { presets } from '#core/presets.ts';
import { workOfAllCategories } from '#core/table/table-cost.ts';
import type { TrainingRequests } from '#worker/protocol.ts';
import type { TrainingClient } from '#worker/training-client.ts';
import { estimateTable } from './estimate-table.ts';

const asking = (epochMs: number | undefined) => {
  const asked: TrainingRequests['estimateFor'][0][] = [];
  const request = async (_name: string, args: TrainingRequests['estimateFor'][0]) => {
    asked.push(args);
    const isSsim = args.config.loss === 'ssim';
    return {
      ...{ batch: 64, microBatch: isSsim ? 16 : 32, memoryBytes: isSsim ? 3e9 : 2e9 },
      ...{
        epochMs,
        evaluationMs: epochMs,
        totalMs: epochMs,
        paceSource: epochMs === undefined ? undefined : 'convolution',
      },
    };
  };
  return { asked, training: { request } as unknown as Pick<TrainingClient, 'request'> };
};

it('is the time of 15 categories with three losses, and the memory of the largest run', async () => {
  const { asked, training } = asking(391);
  const cost = await estimateTable(training, presets.paper);
  expect(cost).toEqual({
    runs: 45,
    // At a millisecond per image, an epoch of the largest category, with 391 images, takes 391 ms.
    totalMs: expect.closeTo(3 * workOfAllCategories(presets.paper), 3),
    paceSource: 'convolution',
    ...{ memoryBytes: 3e9, microBatch: 16, batch: 64 },
  });
  expect(asked.map(({ config, train, test }) => [config.loss, train, test])).toEqual([
    ['ssim', 391, 110],
    ['l2', 391, 110],
    ['wfdl', 391, 110],
  ]);
});

it('has no time if the device’s pace is unknown', async () => {
  const { training } = asking(undefined);
  expect(await estimateTable(training, presets.paper)).toMatchObject({
    totalMs: undefined,
    paceSource: undefined,
  });
});
