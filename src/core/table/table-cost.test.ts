import { expect, it } from 'vitest';
import { presets } from '../presets.ts';
import { largestCategory, officialCategories, workOfAllCategories, workOfRun } from './table-cost.ts';

const counts = { train: 300, testGood: 20, testAnomalous: 40 };
const config = { ...presets.paper, epochs: 10, evaluateEvery: 4 };

it('a run passes its training images each epoch, and its test images in each evaluation', () => {
  // Epochs 4, 8 and 10 are evaluated; a forward pass is a third of a step.
  expect(workOfRun(config, counts)).toBeCloseTo(10 * 300 + (3 * 60) / 3, 9);
});

it('held-out images are not trained on; recalibration and calibration use training images too', () => {
  const careful = {
    ...config,
    holdOutPercent: 10,
    batchNorm: 'recalibrated',
    residual: 'calibrated',
  } as const;
  expect(workOfRun(careful, counts)).toBeCloseTo(10 * 270 + (3 * (60 + 270 + 256)) / 3, 9);
});

it('the table of the paper is one run of each of its 15 categories', () => {
  expect(officialCategories).toHaveLength(15);
  expect(largestCategory.name).toBe('hazelnut');
  const once = { ...config, epochs: 1, evaluateEvery: 1 };
  expect(workOfAllCategories(once)).toBeCloseTo(3629 + (467 + 1258) / 3, 6);
});
