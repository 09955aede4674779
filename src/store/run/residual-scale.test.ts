import { describe, expect, it } from 'vitest';
import type { Evaluation } from '#core/history.ts';
import { fakeEvaluation } from '../testing/fake-clients.ts';
import { steadyResidualScale } from './residual-scale.ts';

const evaluations = (scales: readonly number[], change: Partial<Evaluation> = {}): Evaluation[] =>
  scales.map((residualScale, i) => ({ ...fakeEvaluation(i + 1, [1]), residualScale, ...change }));

describe('the scale of the residual maps', () => {
  it('is that of the first evaluation, then follows by at most a quarter per evaluation', () => {
    expect(steadyResidualScale(evaluations([0.8]))).toBe(0.8);
    expect(steadyResidualScale(evaluations([0.8, 0.1]))).toBeCloseTo(0.64, 12);
    expect(steadyResidualScale(evaluations([0.8, 9]))).toBeCloseTo(1, 12);
    expect(steadyResidualScale(evaluations([0.8, 0.75]))).toBe(0.75);
  });

  it('reaches a scale that stays', () => {
    const many = evaluations([0.8, ...Array.from({ length: 12 }, () => 0.1)]);
    expect(steadyResidualScale(many)).toBe(0.1);
  });

  it('starts again after a change of the score', () => {
    const changed = evaluations([40], { residual: 'raw', score: 'ssim' });
    expect(steadyResidualScale([...evaluations([0.8, 0.7]), ...changed])).toBe(40);
  });

  it('is undefined without an evaluation or without test images', () => {
    expect(steadyResidualScale([])).toBeUndefined();
    expect(steadyResidualScale(evaluations([0, 0]))).toBeUndefined();
    expect(steadyResidualScale(evaluations([0.5, 0]))).toBe(0.5);
  });
});
