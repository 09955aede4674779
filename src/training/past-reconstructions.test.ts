import { describe, expect, it } from 'vitest';
import type { ResidualStatistics } from '#core/calibration/residual-statistics.ts';
import { PastReconstructions, pastBudgetBytes } from './past-reconstructions.ts';
import type { Reconstruction } from './sample-view.ts';

const side = 4;
const length = side * side * 3;
const indices = [5, 7];
/** Bytes of one evaluation of the two images. */
const evaluationBytes = 2 * length * indices.length;

/** Reconstructions whose values encode the image and the step. */
const evaluationAt = (step: number): Map<number, Reconstruction> =>
  new Map(
    indices.map((index) => [
      index,
      {
        pixels: Float32Array.from({ length }, (_, i) => (((i + index) * (step + 1)) % 97) / 96),
        epoch: step / 10,
        step,
      },
    ]),
  );

const filled = (count: number, evaluations: number): PastReconstructions => {
  const past = new PastReconstructions(indices, evaluations * evaluationBytes);
  for (let i = 0; i < count; i++) past.add(evaluationAt(10 * i));
  return past;
};

const epochs = (past: PastReconstructions): number[] => past.evaluations.map(({ epoch }) => epoch);

describe('past reconstructions', () => {
  it('are restored to within half of a 16-bit level', () => {
    const past = filled(3, 8);
    for (const index of indices) {
      const exact = evaluationAt(10).get(index)!;
      const kept = past.at(10, index)!;
      expect({ epoch: kept.epoch, step: kept.step }).toEqual({ epoch: 1, step: 10 });
      // Half a level, and the float32 rounding of a value below 1.
      const tolerance = 0.5 / 65_535 + 2 ** -24;
      for (let i = 0; i < length; i++) {
        expect(Math.abs(kept.pixels[i] - exact.pixels[i])).toBeLessThanOrEqual(tolerance);
      }
    }
  });

  it('restore black and white exactly', () => {
    const past = new PastReconstructions([0], 1e6);
    past.add(new Map([[0, { pixels: Float32Array.of(0, 1, 1), epoch: 1, step: 1 }]]));
    expect(past.at(1, 0)?.pixels).toEqual(Float32Array.of(0, 1, 1));
  });

  it('have neither other samples nor other steps', () => {
    const past = filled(2, 8);
    expect(past.at(10, 6)).toBeUndefined();
    expect(past.at(20, 5)).toBeUndefined();
  });

  it('are copies: later changes of the evaluation have no effect', () => {
    const past = new PastReconstructions(indices, 1e6);
    const reconstructions = evaluationAt(10);
    past.add(reconstructions);
    const before = past.at(10, 5)!.pixels;
    reconstructions.get(5)!.pixels.fill(0);
    before.slice().fill(1);
    expect(past.at(10, 5)!.pixels).toEqual(before);
  });

  it('drop every second one when full, and stay evenly spaced with the first and the last', () => {
    expect(epochs(filled(4, 4))).toEqual([0, 1, 2, 3]);
    // The fifth does not fit beside the four before it. Of those, numbered 0 to 3, the even ones stay.
    expect(epochs(filled(5, 4))).toEqual([0, 2, 4]);
    // The last one stays although it is odd, until it is no longer the last.
    expect(epochs(filled(6, 4))).toEqual([0, 2, 4, 5]);
    expect(epochs(filled(7, 4))).toEqual([0, 2, 4, 6]);
    expect(epochs(filled(8, 4))).toEqual([0, 4, 7]);
    expect(epochs(filled(17, 4))).toEqual([0, 8, 16]);
  });

  it.each([2, 3, 4, 7, 16])('never exceed a budget of %i evaluations', (evaluations) => {
    const past = new PastReconstructions(indices, evaluations * evaluationBytes);
    for (let i = 0; i < 100; i++) {
      past.add(evaluationAt(10 * i));
      expect(past.bytes).toBeLessThanOrEqual(evaluations * evaluationBytes);
      expect(epochs(past)[0]).toBe(0);
      expect(epochs(past).at(-1)).toBe(i);
    }
  });

  it('hold the statistics of calibrated evaluations within the same budget', () => {
    const statistics: ResidualStatistics = {
      settings: { bandLow: 0, bandHigh: 400, calibrationBands: 'off' },
      images: 3,
      mean: [0, 1, 2].map(() => new Float64Array(side * side).fill(1 / 3)),
      covariance: [0, 1, 2, 3, 4, 5].map(() => new Float64Array(side * side).fill(1 / 7)),
      pooledMean: new Float64Array(3),
      pooledCovariance: new Float64Array(6),
    };
    const calibratedBytes = evaluationBytes + 4 * 9 * side * side;
    const past = new PastReconstructions(indices, 2 * calibratedBytes + evaluationBytes);
    past.add(evaluationAt(0), statistics);
    past.add(evaluationAt(10));
    past.add(evaluationAt(20), statistics);
    expect(epochs(past)).toEqual([0, 1, 2]);
    expect(past.bytes).toBe(2 * calibratedBytes + evaluationBytes);
    expect(past.statisticsAt(0)?.mean[0]).toEqual(new Float32Array(side * side).fill(1 / 3));
    expect(past.statisticsAt(10)).toBeUndefined();
    past.add(evaluationAt(30));
    expect(epochs(past)).toEqual([0, 2, 3]);
  });

  it('hold one evaluation per step: a later one replaces an earlier one', () => {
    const past = filled(3, 8);
    const again = evaluationAt(20);
    again.set(5, { ...again.get(5)!, pixels: new Float32Array(length) });
    past.add(again);
    expect(epochs(past)).toEqual([0, 1, 2]);
    expect(past.at(20, 5)?.pixels.every((value) => value === 0)).toBe(true);
  });

  it('are empty if not even two evaluations fit, or without test images', () => {
    const small = new PastReconstructions(indices, 2 * evaluationBytes - 1);
    small.add(evaluationAt(10));
    expect(small.evaluations).toEqual([]);
    const empty = new PastReconstructions([]);
    empty.add(evaluationAt(10));
    expect(empty.evaluations).toEqual([]);
  });
});

describe('the budget of the past', () => {
  it('is larger if the browser reports 8 GiB, and small if it reports nothing', () => {
    expect(pastBudgetBytes({ deviceMemory: 8 })).toBe(768e6);
    expect(pastBudgetBytes({ deviceMemory: 4 })).toBe(256e6);
    expect(pastBudgetBytes({})).toBe(256e6);
  });
});

describe('past reconstructions from a file', () => {
  it('show the same as before, beside the last evaluation of the import', () => {
    const past = filled(4, 8);
    const imported = filled(0, 8);
    imported.add(evaluationAt(30));
    imported.adopt(past.packed());
    expect(imported.evaluations).toEqual(past.evaluations);
    for (const { step } of past.evaluations) {
      for (const index of indices) expect(imported.at(step, index)).toEqual(past.at(step, index));
    }
  });

  it('go on after the import, and stay within its budget', () => {
    const imported = filled(0, 4);
    imported.add(evaluationAt(60));
    imported.adopt(filled(7, 16).packed());
    expect(imported.bytes).toBeLessThanOrEqual(4 * evaluationBytes);
    expect(epochs(imported)).toEqual([0, 2, 4, 6]);
    imported.add(evaluationAt(70));
    expect(epochs(imported).at(0)).toBe(0);
    expect(epochs(imported).at(-1)).toBe(7);
    expect(imported.bytes).toBeLessThanOrEqual(4 * evaluationBytes);
  });

  it('are thinned evenly to a limit, with the first and the last', () => {
    const past = filled(8, 16);
    const packed = (evaluations: number): number[] =>
      past.packed(evaluations * evaluationBytes).map(({ epoch }) => epoch);
    expect(packed(8)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(packed(7)).toEqual([0, 2, 4, 6, 7]);
    expect(packed(4)).toEqual([0, 4, 7]);
    expect(packed(2)).toEqual([0, 7]);
    expect(packed(1)).toEqual([]);
    expect(filled(1, 8).packed()).toEqual([]);
    expect(filled(0, 8).packed()).toEqual([]);
    expect(filled(2, 8).packed()).toHaveLength(2);
  });
});
