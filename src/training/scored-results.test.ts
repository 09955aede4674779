import { describe, expect, it } from 'vitest';
import { evaluationSettingsOf } from '#core/evaluation-settings.ts';
import { presets } from '#core/presets.ts';
import { ScoredResults } from './scored-results.ts';
import type { EvaluationResult } from './training-run.ts';

const settings = evaluationSettingsOf(presets.recommended);
const result = (score: number): EvaluationResult => ({
  scores: Float64Array.of(score),
  imageAuroc: { defined: true, value: 1 },
  residualScale: 1,
  residualDcShare: 0,
});

describe('results of one set of reconstructions', () => {
  it('are found by their settings, for any further keys', () => {
    const results = new ScoredResults();
    const reconstructions = new Map();
    const kept = results.keep(reconstructions, settings, result(1));
    expect(results.of(reconstructions, { ...presets.recommended, epochs: 3 } as typeof settings)).toBe(kept);
    expect(results.of(reconstructions, { ...settings, score: 'ssim' })).toBeUndefined();
    expect(results.of(reconstructions, { ...settings, bandLow: 4 })).toBeUndefined();
  });

  it('are dropped with the reconstructions', () => {
    const results = new ScoredResults();
    const first = new Map();
    results.keep(first, settings, result(1));
    expect(results.of(new Map(), settings)).toBeUndefined();
    results.keep(new Map(), { ...settings, score: 'mean' }, result(2));
    expect(results.of(first, settings)).toBeUndefined();
  });
});
