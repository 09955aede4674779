import { describe, expect, it } from 'vitest';
import { decisionOf } from './decision-of.ts';

const anomalous = [false, false, false, true, true];
const scores = Float64Array.of(1, 2, 6, 5, 8);

describe('the decision on an image', () => {
  it('is made at the threshold of F1-max on the contestant’s own scores', () => {
    // F1 is highest at 5: both anomalous images and one good one are flagged.
    expect(decisionOf(8, true, scores, anomalous).outcome).toBe('caught');
    expect(decisionOf(6, false, scores, anomalous).outcome).toBe('false-alarm');
    expect(decisionOf(2, false, scores, anomalous).outcome).toBe('pass');
    expect(decisionOf(4, true, scores, anomalous).outcome).toBe('missed');
  });

  it('says how many good images score lower', () => {
    expect(decisionOf(5, true, scores, anomalous).aboveGood).toBeCloseTo(2 / 3);
    expect(decisionOf(1, false, scores, anomalous).aboveGood).toBe(0);
  });

  it('is missing without images of both classes', () => {
    expect(decisionOf(5, false, Float64Array.of(1, 2), [false, false])).toEqual({
      outcome: undefined,
      aboveGood: 1,
    });
    expect(decisionOf(5, true, Float64Array.of(1, 2), [true, true]).aboveGood).toBeUndefined();
  });
});
