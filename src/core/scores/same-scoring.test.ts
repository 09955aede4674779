import { expect, it } from 'vitest';
import { type EvaluationSettings, evaluationSettingsOf } from '../evaluation-settings.ts';
import { presets } from '../presets.ts';
import { scoreTheSame } from './same-scoring.ts';

const own: EvaluationSettings = {
  ...evaluationSettingsOf(presets.recommended),
  ...{ score: 'sum', residual: 'raw', batchNorm: 'running' },
};
const same = (change: Partial<EvaluationSettings>, of = own): boolean =>
  scoreTheSame(of, { ...of, ...change });

it('settings score the same way if they differ only in settings that the score ignores', () => {
  expect(same({ blurSigma: 9, topPercent: 7, calibrationPooling: 0.9 })).toBe(true);
  expect(same({ residual: 'calibrated' }, { ...own, score: 'ssim' })).toBe(true);
});

it('settings score differently if the score, its parameter, the band, the residual or the batch norm differs', () => {
  for (const change of [
    { score: 'ssim' },
    { bandLow: 3 },
    { bandHigh: 9 },
    { residual: 'calibrated' },
    { batchNorm: 'recalibrated' },
  ] as const)
    expect(same(change), JSON.stringify(change)).toBe(false);
  expect(same({ topPercent: 7 }, { ...own, score: 'top-share' })).toBe(false);
  expect(same({ blurSigma: 9 }, { ...own, score: 'blurred-maximum' })).toBe(false);
  expect(same({ calibrationPooling: 0.9 }, { ...own, residual: 'calibrated' })).toBe(false);
});
