import { describe, expect, it } from 'vitest';
import { scoreNames } from '#core/scores/score-names.ts';
import { scoreMapOf } from './score-map.ts';

describe('the map behind a score', () => {
  it('is called a residual only if it is one', () => {
    expect(
      Object.fromEntries(scoreNames.map((score) => [score, scoreMapOf({ score }, false).title])),
    ).toEqual({
      sum: 'Residual',
      mean: 'Residual',
      'top-share': 'Residual',
      'blurred-maximum': 'Blurred residual',
      ssim: '1 − SSIM',
      gradient: 'Gradient error',
      spectral: 'Weighted residual',
    });
  });

  it('says that it is calibrated', () => {
    expect(scoreMapOf({ score: 'sum' }, true)).toMatchObject({ title: 'Calibrated residual', unit: 'σ²' });
    expect(scoreMapOf({ score: 'blurred-maximum' }, true).title).toBe('Calibrated, blurred');
  });
});
