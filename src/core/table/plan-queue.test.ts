import { describe, expect, it } from 'vitest';
import type { Category, Sample } from '../dataset.ts';
import { presets } from '../presets.ts';
import { mergePlans, parseSeeds, planQueue, sameBase } from './plan-queue.ts';
import { measured } from './testing/queue-entries.ts';

const category = (name: string, train = 3, test = 2): Category => ({
  name,
  samples: Array.from(
    { length: train + test },
    (_, index): Sample => ({
      path: `${index}.png`,
      split: index < train ? 'train' : 'test',
      defectType: 'good',
      anomalous: false,
      maskPath: undefined,
      source: { kind: 'synthetic', seed: 0, index },
    }),
  ),
  skippedFiles: [],
  notices: [],
});

const base = presets.quickLook;

describe('planning a queue', () => {
  it('runs all losses of a seed, then the next seed, then the next category in the paper’s order', () => {
    const entries = planQueue({
      categories: [category('pill'), category('bottle')],
      losses: ['l2', 'wfdl'],
      seeds: [0, 1],
      base,
    });
    expect(entries.map(({ id }) => id)).toEqual([
      'bottle/l2/0',
      'bottle/wfdl/0',
      'bottle/l2/1',
      'bottle/wfdl/1',
      'pill/l2/0',
      'pill/wfdl/0',
      'pill/l2/1',
      'pill/wfdl/1',
    ]);
  });

  it('freezes the settings of each run, with its own loss and seed', () => {
    const holding = { ...base, holdOutPercent: 25 };
    const [entry] = planQueue({
      categories: [category('pill', 4, 3)],
      losses: ['l2'],
      seeds: [7],
      base: holding,
    });
    expect(entry.config).toEqual({ ...holding, loss: 'l2', seed: 7 });
    // One of the four training images is held out.
    expect(entry).toMatchObject({ imageCount: 7, trainCount: 3, outcome: { state: 'waiting' }, spentMs: 0 });
  });

  it('ignores duplicates', () => {
    const entries = planQueue({
      categories: [category('pill'), category('pill')],
      losses: ['l2', 'l2'],
      seeds: [1, 1],
      base,
    });
    expect(entries).toHaveLength(1);
  });

  it.each([
    ['category', { categories: [] }],
    ['loss', { losses: [] }],
    ['seed', { seeds: [] }],
  ] as const)('is rejected without a %s', (what, change) => {
    const plan = { categories: [category('pill')], losses: ['l2'], seeds: [0], base } as const;
    expect(() => planQueue({ ...plan, ...change })).toThrow(`The table has no ${what}.`);
  });

  it('is rejected with settings that allow no score', () => {
    const unscorable = { ...base, side: 64, bandLow: 46 } as const;
    expect(() =>
      planQueue({ categories: [category('pill')], losses: ['l2'], seeds: [0], base: unscorable }),
    ).toThrow('The setting bandLow is 46: must be at most 45.25');
  });
});

describe('adding to a table', () => {
  const plan = (names: readonly string[], seeds: readonly number[], train = 3) =>
    planQueue({ categories: names.map((name) => category(name, train)), losses: ['l2'], seeds, base });

  it('preserves results, and places new runs beside those of their category', () => {
    const done = plan(['bottle', 'pill'], [0]).map((entry) => ({ ...entry, outcome: measured(0.9) }));
    const merged = mergePlans(done, plan(['bottle', 'cable'], [0, 1]));
    expect(merged.map(({ id, outcome }) => `${id} ${outcome.state}`)).toEqual([
      'bottle/l2/0 done',
      'bottle/l2/1 waiting',
      'cable/l2/0 waiting',
      'cable/l2/1 waiting',
      'pill/l2/0 done',
    ]);
  });

  it('drops the results of a category whose number of images has changed', () => {
    const done = plan(['bottle'], [0, 1]).map((entry) => ({ ...entry, outcome: measured(0.9) }));
    const merged = mergePlans(done, plan(['bottle'], [0], 4));
    expect(merged.map(({ id, outcome }) => `${id} ${outcome.state}`)).toEqual(['bottle/l2/0 waiting']);
  });

  it('requires the same settings except loss and seed', () => {
    expect(sameBase(base, { ...base, loss: 'ssim', seed: 9 })).toBe(true);
    expect(sameBase(base, { ...base, epochs: base.epochs + 1 })).toBe(false);
    expect(sameBase(base, { ...base, dcWeight: 0.5 })).toBe(false);
  });
});

describe('seeds as text', () => {
  it.each([
    ['0', [0]],
    ['0, 1,2', [0, 1, 2]],
    ['2-4 0', [2, 3, 4, 0]],
    ['1,1,1', [1]],
  ])('%s', (text, seeds) => {
    expect(parseSeeds(text)).toEqual(seeds);
  });

  it.each(['a', '1.5', '-1', '4-2', '4294967296', '0-100'])('rejects %s by name', (text) => {
    expect(() => parseSeeds(`0 ${text}`)).toThrow(`${text} is not a seed.`);
  });

  it('requires a seed', () => {
    expect(() => parseSeeds(' , ')).toThrow('no seed');
  });
});
