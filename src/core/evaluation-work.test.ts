import { describe, expect, it } from 'vitest';
import { evaluatedImages, evaluationCount, runMs, scoringMs } from './evaluation-work.ts';
import { presets } from './presets.ts';

const counts = { train: 300, test: 60 };

describe('an evaluation', () => {
  it('passes test images, and training images for batch norm and calibration', () => {
    expect(evaluatedImages(presets.paper, counts)).toBe(60);
    expect(evaluatedImages(presets.recommended, counts)).toBe(60 + 300 + 256);
    // SSIM does not use the calibrated residual.
    expect(evaluatedImages({ ...presets.recommended, score: 'ssim' }, counts)).toBe(60 + 300);
  });

  it('scores in proportion to the pixels, longer by a calibrated residual', () => {
    const raw = scoringMs(presets.paper, counts);
    expect(scoringMs({ ...presets.paper, side: 128 }, counts)).toBeCloseTo(raw / 4, 9);
    expect(scoringMs({ ...presets.paper, residual: 'calibrated' }, counts)).toBeGreaterThan(5 * raw);
  });
});

describe('a run', () => {
  it('takes its epochs and its evaluations', () => {
    const times = { epochMs: 100, evaluationMs: 7 };
    expect(evaluationCount({ epochs: 10, evaluateEvery: 4 })).toBe(3);
    expect(runMs(times, { epochs: 10, evaluateEvery: 4 })).toBe(1021);
    expect(runMs({ ...times, epochMs: undefined }, { epochs: 10, evaluateEvery: 4 })).toBeUndefined();
  });
});
