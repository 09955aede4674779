import { describe, expect, it } from 'vitest';
import { createRng, restoreRng } from './rng.ts';

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);

describe('createRng', () => {
  it('repeats the numbers of a seed and stream', () => {
    expect(draw(20, createRng(7, 'a').uniform)).toEqual(draw(20, createRng(7, 'a').uniform));
  });

  it('draws different numbers for another seed or stream', () => {
    const generators = [createRng(7, 'a'), createRng(8, 'a'), createRng(7, 'b')];
    expect(new Set(generators.flatMap(({ uniform }) => draw(20, uniform))).size).toBe(60);
  });

  it('continues from a saved state after any kind of draw', () => {
    const rng = createRng(3);
    rng.normal();
    rng.shuffle(5);
    rng.uniform();
    const saved = JSON.parse(JSON.stringify(rng.state())) as ReturnType<typeof rng.state>;
    expect(draw(10, restoreRng(saved).normal)).toEqual(draw(10, rng.normal));
  });

  // Bounds are five standard errors at n draws: 5 sqrt(1 / 12 / n) for the uniform's mean, 5 / sqrt(n) for the
  // normal's, 5 sqrt(2 / n) for its variance, 5 sqrt(15 / n) for its third moment.
  it('draws uniforms in [0, 1) with mean 1/2', () => {
    const count = 20_000;
    const values = draw(count, createRng(1).uniform);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    const mean = values.reduce((sum, value) => sum + value, 0) / count;
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / count));
  });

  it('draws normals with the moments of the standard normal', () => {
    const count = 20_000;
    const values = draw(count, createRng(1).normal);
    const moment = (power: number) => values.reduce((sum, value) => sum + value ** power, 0) / count;
    expect(Math.abs(moment(1))).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count));
  });
});

describe('shuffle', () => {
  it('contains every index once', () => {
    expect(Array.from(createRng(5).shuffle(100)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, index) => index),
    );
  });

  it('handles lengths 0 and 1', () => {
    expect(createRng(5).shuffle(0)).toHaveLength(0);
    expect(Array.from(createRng(5).shuffle(1))).toEqual([0]);
  });

  // Six orders of three, n draws: each count is binomial with standard deviation sqrt(n 5 / 36).
  it('draws each order of three equally often', () => {
    const rng = createRng(11);
    const trials = 6000;
    const counts = new Map<string, number>();
    for (let trial = 0; trial < trials; trial++) {
      const order = rng.shuffle(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) {
      expect(Math.abs(count - trials / 6)).toBeLessThan(5 * Math.sqrt((trials * 5) / 36));
    }
  });
});
