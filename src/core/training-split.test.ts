import { describe, expect, it } from 'vitest';
import { heldOutCount, trainingSplit } from './training-split.ts';

const good = { split: 'train', anomalous: false } as const;
const bad = { split: 'train', anomalous: true } as const;
const test = { split: 'test', anomalous: false } as const;
const samples = [test, ...Array.from({ length: 40 }, () => good), bad, test, good];
const training = samples.flatMap(({ split }, index) => (split === 'train' ? [index] : []));

describe('the number of held-out images', () => {
  it('is the share, rounded', () => {
    expect(heldOutCount(209, 10)).toBe(21);
    expect(heldOutCount(267, 10)).toBe(27);
    expect(heldOutCount(200, 50)).toBe(100);
  });

  it('is at least one if the share is above 0 and two images exist, and never all', () => {
    expect(heldOutCount(3, 0.01)).toBe(1);
    expect(heldOutCount(2, 50)).toBe(1);
    expect(heldOutCount(1, 50)).toBe(0);
    expect(heldOutCount(0, 50)).toBe(0);
    expect(heldOutCount(209, 0)).toBe(0);
  });
});

describe('the split of the training images', () => {
  it('trains on all images if none is held out', () => {
    const split = trainingSplit(samples, { holdOutPercent: 0, seed: 3 });
    expect(split.trained).toEqual(training);
    expect(split.trainedGood).toEqual(training.filter((index) => index !== 41));
    expect(split.heldOut).toEqual([]);
  });

  it('never trains on images that the folder holds out, and draws the others as without them', () => {
    const held = { ...good, heldOut: true };
    const withHeld = [...samples, held, held];
    expect(trainingSplit(withHeld, { holdOutPercent: 0, seed: 3 })).toMatchObject({
      trained: training,
      heldOut: [samples.length, samples.length + 1],
    });
    const settings = { holdOutPercent: 25, seed: 3 };
    expect(trainingSplit(withHeld, settings).trained).toEqual(trainingSplit(samples, settings).trained);
  });

  it('splits without overlap, in order, and holds out good images only', () => {
    for (const seed of [0, 1, 2, 0xffffffff]) {
      const { trained, heldOut } = trainingSplit(samples, { holdOutPercent: 25, seed });
      expect(heldOut).toHaveLength(10);
      expect([...trained, ...heldOut].sort((a, b) => a - b)).toEqual(training);
      expect(trained).toEqual([...trained].sort((a, b) => a - b));
      expect(heldOut).toEqual([...heldOut].sort((a, b) => a - b));
      expect(heldOut.every((index) => samples[index] === good)).toBe(true);
    }
  });

  it('depends on the seed, and grows with the share', () => {
    const heldOut = (holdOutPercent: number, seed: number) =>
      trainingSplit(samples, { holdOutPercent, seed }).heldOut;
    expect(heldOut(25, 7)).toEqual(heldOut(25, 7));
    expect(heldOut(25, 7)).not.toEqual(heldOut(25, 8));
    expect(heldOut(50, 7)).toEqual(expect.arrayContaining([...heldOut(25, 7)]));
  });

  it('holds out each image equally often', () => {
    const seeds = 2000;
    const counts = new Map<number, number>();
    for (let seed = 0; seed < seeds; seed++) {
      for (const index of trainingSplit(samples, { holdOutPercent: 25, seed }).heldOut)
        counts.set(index, (counts.get(index) ?? 0) + 1);
    }
    // 41 good images, each held out in 10 of 41 draws; five standard deviations of the binomial count.
    const share = 10 / 41;
    const margin = 5 * Math.sqrt(seeds * share * (1 - share));
    expect(counts.size).toBe(41);
    for (const count of counts.values()) expect(Math.abs(count - seeds * share)).toBeLessThan(margin);
  });
});
