import { describe, expect, it } from 'vitest';
import { runMs } from './evaluation-work.ts';
import { presets } from './presets.ts';
import { hasTimedSizes, sizesForTime, timedPresetMs, withTimedSizes } from './timed-presets.ts';

/** A device that trains this many images of side 32 and width 0.25 in a millisecond. */
const device = (imagesPerMs: number, train: number) => (size: { side: number; width: number }) => {
  const imageMs = ((size.side / 32) ** 2 * (size.width / 0.25) ** 2) / imagesPerMs;
  return { epochMs: train * imageMs, evaluationMs: train * imageMs };
};

describe('the sizes for a time', () => {
  it('take at most that time, with their evaluations, at any pace and number of images', () => {
    for (const imagesPerMs of [0.05, 0.2, 1, 5, 40, 1000]) {
      for (const train of [20, 60, 300, 3000]) {
        for (const totalMs of Object.values(timedPresetMs)) {
          const timesOf = device(imagesPerMs, train);
          const sizes = sizesForTime(totalMs, train, timesOf);
          const needed = runMs(timesOf(sizes), sizes)!;
          // One epoch with its evaluation is the least.
          if (sizes.epochs > 1) expect(needed).toBeLessThanOrEqual(totalMs);
        }
      }
    }
  });

  it('grow with the pace and the time, to the paper’s size', () => {
    const sideAt = (imagesPerMs: number, totalMs: number) =>
      sizesForTime(totalMs, 60, device(imagesPerMs, 60)).side;
    expect([0.1, 1, 10, 100].map((pace) => sideAt(pace, 60_000))).toEqual([32, 64, 64, 128]);
    expect([0.1, 1, 10, 300].map((pace) => sideAt(pace, 600_000))).toEqual([64, 64, 128, 256]);
    const fastest = sizesForTime(600_000, 60, device(1e6, 60));
    expect(fastest).toMatchObject({ side: 256, width: 1, epochs: 2000 });
  });

  it('are evaluated often, but at most for a quarter of the time', () => {
    const { epochs, evaluateEvery } = sizesForTime(60_000, 60, device(0.2, 60));
    expect(Math.ceil(epochs / evaluateEvery)).toBe(20);
    // An evaluation of 10 s: one of them fits a quarter of a minute.
    const slow = sizesForTime(60_000, 60, () => ({ epochMs: 100, evaluationMs: 10_000 }));
    expect(slow).toMatchObject({ epochs: 500, evaluateEvery: 500 });
  });

  it('fit the device', () => {
    const fits = ({ side }: { readonly side: number }): boolean => side <= 64;
    expect(sizesForTime(600_000, 60, device(1000, 60), fits).side).toBe(64);
  });
});

it('a preset by time keeps the loss and the seed, and is recognized by its values', () => {
  const sizes = sizesForTime(60_000, 60, device(1, 60));
  const config = withTimedSizes({ ...presets.paper, loss: 'ssim', seed: 9 }, sizes);
  expect(config).toEqual({ ...presets.recommended, ...sizes, loss: 'ssim', seed: 9 });
  expect(hasTimedSizes({ ...config, loss: 'l2' }, sizes)).toBe(true);
  expect(hasTimedSizes({ ...config, epochs: config.epochs + 1 }, sizes)).toBe(false);
});
