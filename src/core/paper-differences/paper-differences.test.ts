import { describe, expect, it } from 'vitest';
import type { RunConfig } from '../config.ts';
import { presets } from '../presets.ts';
import { paperCategories } from '../table/paper-table.ts';
import { configDifferences, paperAssumptions } from './config-differences.ts';
import { dataDifferences } from './data-differences.ts';
import type { DataFacts } from './data-facts.ts';
import { dataFactsOf, type HashedImage } from './find-data-facts.ts';
import { officialCounts } from './official-counts.ts';
import { paperDifferences } from './paper-differences.ts';

const paperWith = (change: Partial<RunConfig>): RunConfig => ({ ...presets.paper, ...change });
const official = officialCounts('bottle')!;
const bottle = (change: Partial<DataFacts> = {}): DataFacts => ({
  category: 'bottle',
  counts: official,
  unreadable: 0,
  duplicates: undefined,
  foreign: undefined,
  ...change,
});

describe('settings', () => {
  it('of the preset Paper do not differ, for any seed, memory and loss of the paper', () => {
    for (const loss of ['ssim', 'l2', 'wfdl'] as const) {
      expect(configDifferences(paperWith({ loss, seed: 7, memoryBudgetMB: 500, microBatch: 4 }))).toEqual([]);
    }
  });

  /** Each setting changed, with a loss that uses it. */
  const others: { readonly [K in keyof RunConfig]?: Partial<RunConfig> & Pick<RunConfig, K> } = {
    loss: { loss: 'focal-frequency' },
    ssimWindow: { ssimWindow: 7, loss: 'ssim' },
    ssimSigma: { ssimSigma: 2, loss: 'ssim' },
    ssimK1: { ssimK1: 0.02, loss: 'ssim' },
    ssimK2: { ssimK2: 0.02, loss: 'ssim' },
    weight: { weight: 'uniform' },
    dcWeight: { dcWeight: 1 },
    curriculum: { curriculum: 0.5 },
    side: { side: 64 },
    fit: { fit: 'pad' },
    width: { width: 0.25 },
    batch: { batch: 16 },
    epochs: { epochs: 100 },
    learningRate: { learningRate: 3e-3 },
    schedule: { schedule: 'cosine' },
    weightDecay: { weightDecay: 0 },
    initialisation: { initialisation: 'he-normal' },
    holdOutPercent: { holdOutPercent: 10 },
    batchNorm: { batchNorm: 'recalibrated' },
    nonFiniteStep: { nonFiniteStep: 'skip' },
    score: { score: 'top-share' },
    residual: { residual: 'calibrated' },
    bandLow: { bandLow: 0.5 },
    bandHigh: { bandHigh: 20 },
  };
  it.each(Object.entries(others))('reports %s', (_, change) => {
    expect(configDifferences(paperWith(change))).toHaveLength(1);
  });

  it.each([
    ['pad', 'padded'],
    ['crop', 'cropped to their center'],
    ['tiles', 'cut into tiles'],
  ] as const)('say what %s does', (fit, words) => {
    expect(configDifferences(paperWith({ fit }))).toEqual([
      `Images that are not square are ${words}; those of the paper are square.`,
    ]);
  });

  it('are all either reported, or known to make no difference alone', () => {
    const silent = ['seed', 'memoryBudgetMB', 'microBatch', 'evaluateEvery'];
    const reportedWithOthers = [
      ...['weightPower', 'weightGamma', 'weightEpsilon', 'weightCurve', 'focalAlpha'],
      ...['compositeL2', 'compositeSsim', 'compositeFrequency', 'compositeWfdl', 'compositeFocalFrequency'],
      ...['calibrationPooling', 'calibrationBands', 'blurSigma', 'topPercent'],
    ];
    const known = [...Object.keys(others), ...silent, ...reportedWithOthers];
    expect(Object.keys(presets.paper).filter((key) => !known.includes(key))).toEqual([]);
  });

  it('are whole sentences', () => {
    expect(configDifferences(presets.recommended)).toEqual([
      'Cosine learning-rate schedule; the paper names only the initial rate, so a constant rate is assumed.',
      'DC weight 1 instead of 0 (Eq. 7): mean brightness is trained.',
      'Curriculum over the first 50 % of the steps; the paper has none.',
      '10 % of the good training images held out for the threshold; the paper trains on all.',
      'Batch-norm statistics recomputed over the training set for evaluation; the paper does not say, so running averages are assumed.',
      'Score: mean of the largest 1 % of the residual instead of the sum of the squared residual (Eq. 9).',
      'Residual calibrated on good training images (pooling 0.1, in bands) instead of the plain one (Eq. 9).',
      'Score without the residual’s mean; Eq. 9 includes it.',
    ]);
  });

  it('that the run does not use are not reported', () => {
    const l2 = {
      loss: 'l2',
      dcWeight: 1,
      curriculum: 0.5,
      weight: 'uniform',
      ssimWindow: 5,
      focalAlpha: 2,
    } as const;
    expect(configDifferences(paperWith(l2))).toEqual([]);
    const [score, ...rest] = configDifferences(paperWith({ score: 'gradient', residual: 'calibrated' }));
    expect(score).toMatch(/gradient/);
    expect(rest).toEqual([]);
  });

  it('of a composite are reported by its parts', () => {
    const composite = {
      loss: 'composite',
      compositeL2: 2,
      compositeWfdl: 1,
      compositeFocalFrequency: 0,
    } as const;
    expect(configDifferences(paperWith({ ...composite, dcWeight: 1 }))).toEqual([
      'Loss composite (2 x l2 + 1 x wfdl), which is not in Table II.',
      'DC weight 1 instead of 0 (Eq. 7): mean brightness is trained.',
    ]);
  });

  it('that the paper leaves open count as assumptions if they have the assumed value', () => {
    expect(paperAssumptions(presets.paper)).toContain('PyTorch’s default initial weights.');
    expect(paperAssumptions(paperWith({ initialisation: 'he-normal' })).join()).not.toContain('PyTorch');
  });
});

describe('images', () => {
  it('have the official counts of all 15 categories, which sum to those of MVTec AD', () => {
    const counts = paperCategories.map((name) => officialCounts(name)!);
    const sum = (key: keyof typeof official): number =>
      counts.reduce((total, entry) => total + entry[key], 0);
    expect([sum('train'), sum('testGood'), sum('testAnomalous')]).toEqual([3629, 467, 1258]);
    expect(officialCounts('toString')).toBeUndefined();
  });

  it('do not differ with official counts; each other count does', () => {
    expect(dataDifferences(bottle())).toEqual([]);
    expect(
      dataDifferences(bottle({ counts: { ...official, train: 200, testGood: 21 }, unreadable: 1 })),
    ).toEqual([
      '200 training images; MVTec AD has 209.',
      '21 good test images; MVTec AD has 20.',
      '1 image could not be read and was skipped.',
    ]);
  });

  it('of another name are not compared by count', () => {
    expect(dataDifferences(bottle({ category: 'bolt' }))).toEqual([
      '“bolt” is not a category of MVTec AD: the paper has no figure for it.',
    ]);
  });

  it('are reported as unknown without facts', () => {
    expect(dataDifferences(undefined)).toHaveLength(1);
  });

  const image = (path: string, contentHash: string | undefined): HashedImage => {
    const [split, group] = path.split('/');
    return { path, split: split === 'train' ? 'train' : 'test', anomalous: group !== 'good', contentHash };
  };

  it('without hashes have unknown duplicates', () => {
    const images = [image('train/good/0', undefined), image('test/good/0', undefined)];
    expect(dataFactsOf('bolt', images, 2)).toEqual({
      category: 'bolt',
      counts: { train: 1, testGood: 1, testAnomalous: 0 },
      unreadable: 2,
      duplicates: undefined,
      foreign: undefined,
    });
  });

  it('with equal content are found across and inside the splits', () => {
    const { duplicates } = dataFactsOf(
      'bolt',
      [
        image('train/good/0', 'a'),
        image('train/good/1', 'a'),
        image('train/good/2', 'a'),
        image('train/good/3', 'b'),
        image('train/good/4', 'c'),
        image('train/good/5', 'd'),
        image('test/good/0', 'b'),
        image('test/good/1', 'e'),
        image('test/bent/0', 'c'),
        image('test/bent/1', 'e'),
        image('test/bent/2', 'f'),
      ],
      0,
    );
    expect(duplicates).toEqual({
      trainAndTestGood: { count: 1, example: ['train/good/3', 'test/good/0'] },
      trainAndTestAnomalous: { count: 1, example: ['train/good/4', 'test/bent/0'] },
      withinTrain: { count: 2, example: ['train/good/1', 'train/good/0'] },
      testGoodAndAnomalous: { count: 1, example: ['test/good/1', 'test/bent/1'] },
    });
    expect(dataDifferences(bottle({ duplicates }))).toEqual([
      '1 good training image is an anomalous test image too (train/good/4 = test/bent/0): one label is wrong.',
      '1 training image is a test image too (train/good/3 = test/good/0).',
      '1 good test image is an anomalous one too (test/good/1 = test/bent/1): one label is wrong.',
      '2 training images repeat others (train/good/1 = train/good/0).',
    ]);
  });

  it('that another category also has are reported with its name', () => {
    const foreign = { count: 2, example: ['train/good/1', 'test/good/3'], category: 'pill' } as const;
    expect(dataDifferences(bottle({ foreign }))).toEqual([
      '2 training images are also in the category pill (train/good/1 = test/good/3).',
    ]);
    expect(dataDifferences(bottle({ foreign: 'none' }))).toEqual([]);
  });
});

it('a run also differs by the epochs behind its evaluation and by micro-batches', () => {
  const config = presets.paper;
  expect(paperDifferences({ config, data: bottle() })).toEqual([]);
  expect(paperDifferences({ config, epochs: 12, microBatch: 16, data: bottle() })).toEqual([
    '12 epochs instead of 2000.',
    'Batches of 64 in micro-batches of 16: batch norm sees each one separately.',
  ]);
  const toothbrush = bottle({ category: 'toothbrush', counts: officialCounts('toothbrush')! });
  // Its 60 training images are one batch, in the paper and here.
  expect(paperDifferences({ config, microBatch: 60, data: toothbrush })).toEqual([]);
  const heldOut = { ...config, holdOutPercent: 10 };
  // Trains on 54 of its 60 images, in a single batch.
  expect(paperDifferences({ config: heldOut, microBatch: 54, data: toothbrush })).toHaveLength(1);
});
