import { describe, expect, it } from 'vitest';
import { hashValues } from '#testing/hash-values.ts';
import { createRadialProfiler } from './radial-profile.ts';

const side = 16;

describe('the radial profile', () => {
  const profiler = createRadialProfiler(side);

  it('counts each frequency once, the first ring by hand', () => {
    expect(profiler.counts.reduce((sum, count) => sum + count)).toBe(side * side);
    // Radius 0: (0, 0). Radius 1, from 0.5 to 1.5: four at distance 1 and four at sqrt(2).
    expect(Array.from(profiler.counts.slice(0, 2))).toEqual([1, 8]);
    // The corner (-8, -8) lies at 11.3, and nothing lies at 11.5 or more.
    expect(profiler.counts.length).toBe(12);
  });

  it('puts a constant at radius 0 and a wave at its own: energies are sums of squares', () => {
    // 3 periods down and 4 across: radius 5. The mean of cos^2 over whole periods is a half.
    const plane = Float64Array.from({ length: side * side }, (_, i) => {
      const [row, column] = [Math.floor(i / side), i % side];
      return 2 + Math.cos((2 * Math.PI * (3 * row + 4 * column)) / side);
    });
    const energies = new Float64Array(profiler.counts.length);
    profiler.addEnergies(plane, energies);
    expect(energies[0]).toBeCloseTo(4 * 256, 10);
    expect(energies[5]).toBeCloseTo(128, 10);
    for (const [radius, energy] of energies.entries()) {
      if (radius !== 0 && radius !== 5) expect(energy).toBeLessThan(1e-20);
    }
    // |F(0, 0)|^2 = (2 * 256)^2, the only frequency of its radius.
    expect(profiler.meanPower(energies, 1)[0]).toBeCloseTo(512 ** 2, 6);
    // |F|^2 = 128^2 at two of the frequencies of radius 5.
    expect(profiler.meanPower(energies, 1)[5]).toBeCloseTo((2 * 128 ** 2) / profiler.counts[5], 8);
  });

  it('adds to what is there, and all radii together hold the whole energy', () => {
    const planes = [1, 2].map((series) => Float64Array.from(hashValues(side * side, series)));
    const energies = new Float64Array(profiler.counts.length);
    for (const plane of planes) profiler.addEnergies(plane, energies);
    const squares = planes.reduce((sum, plane) => plane.reduce((of, value) => of + value * value, sum), 0);
    // 512 squares below 1, each rounded some ten times on the way: 512 * 10 * 1e-16.
    expect(Math.abs(energies.reduce((sum, energy) => sum + energy) - squares)).toBeLessThan(1e-12);
  });
});
