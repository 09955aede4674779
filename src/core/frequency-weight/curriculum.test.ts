import { describe, expect, it } from 'vitest';
import { presets } from '../presets.ts';
import { curriculumExponent, curriculumWeight, hasCurriculum } from './curriculum.ts';
import { frequencyWeight } from './frequency-weight.ts';

const radial = (dcWeight: number): Float32Array => frequencyWeight({ ...presets.paper, dcWeight }, 16, 16);

const meanBesidesDc = (weight: Float32Array): number =>
  weight.slice(1).reduce((sum, value) => sum + value, 0) / (weight.length - 1);

describe('curriculumExponent', () => {
  it('grows to 1 over its share of the run, and stays there', () => {
    const exponents = [1, 25, 50, 51, 100].map((step) => curriculumExponent(step, 100, 0.5));
    expect(exponents).toEqual([0.02, 0.5, 1, 1, 1]);
  });

  it('is 1 from the first step without a curriculum', () => {
    expect(curriculumExponent(1, 100, 0)).toBe(1);
  });

  it('reaches 1 in the last step if it spans the whole run', () => {
    expect(curriculumExponent(99, 100, 1)).toBe(0.99);
    expect(curriculumExponent(100, 100, 1)).toBe(1);
  });
});

describe('curriculumWeight', () => {
  it('is the final weight at the exponent 1, as a copy', () => {
    const weight = radial(1);
    const same = curriculumWeight(weight, 1, 1);
    expect(same).toEqual(weight);
    expect(same).not.toBe(weight);
  });

  it('has the mean of the final weight at every exponent', () => {
    const weight = radial(1);
    for (const exponent of [1e-6, 0.1, 0.5, 0.999]) {
      // 255 values, each rounded to float32.
      expect(meanBesidesDc(curriculumWeight(weight, exponent, 1)) / meanBesidesDc(weight)).toBeCloseTo(1, 6);
    }
  });

  it('is nearly uniform at the start', () => {
    const [, ...others] = curriculumWeight(radial(1), 1e-9, 1);
    const mean = meanBesidesDc(radial(1));
    for (const value of others) expect(value / mean).toBeCloseTo(1, 6);
  });

  it('is proportional to the power of the final weight', () => {
    const weight = radial(1);
    const root = curriculumWeight(weight, 0.5, 1);
    // Radius 2 and radius 8: the ratio of their square roots is 2.
    expect(root[8] / root[2]).toBeCloseTo(2, 6);
  });

  it('sets the zero frequency in units of its own largest value', () => {
    for (const dcWeight of [0, 1, 3]) {
      const [dc, ...others] = curriculumWeight(radial(dcWeight), 0.25, dcWeight);
      expect(dc).toBeCloseTo(dcWeight * Math.max(...others), 4);
    }
  });

  it('leaves a weight of 0 at 0', () => {
    const weight = radial(1);
    weight[5] = 0;
    expect(curriculumWeight(weight, 0.01, 1)[5]).toBe(0);
  });

  it('rejects an exponent outside (0, 1]', () => {
    for (const exponent of [0, -1, 1.5, Number.NaN]) {
      expect(() => curriculumWeight(radial(1), exponent, 1)).toThrow('exponent');
    }
  });
});

describe('hasCurriculum', () => {
  it('is true only if a part of the loss is a WFDL and the curriculum has a length', () => {
    const config = { ...presets.paper, curriculum: 0.5 };
    expect(hasCurriculum(config)).toBe(true);
    expect(hasCurriculum({ ...config, curriculum: 0 })).toBe(false);
    expect(hasCurriculum({ ...config, loss: 'l2' })).toBe(false);
    expect(hasCurriculum({ ...config, loss: 'composite', compositeWfdl: 0 })).toBe(false);
    expect(hasCurriculum({ ...config, loss: 'composite', compositeWfdl: 1 })).toBe(true);
  });
});
