import { describe, expect, it } from 'vitest';
import { bandGain, cornerRadius, fillGains, lowPassReach } from './radial-band.ts';

const all = { inner: 0, outer: Number.POSITIVE_INFINITY } as const;

describe('an ideal band', () => {
  it('passes the radii in its interval, inclusive', () => {
    const band = { inner: 3, outer: 5, edges: 'ideal' } as const;
    // 3-4-5: u = 3 and v = 4 have radius 5 exactly.
    expect([8, 9, 16, 25, 26].map((squared) => bandGain(band, squared))).toEqual([0, 1, 1, 1, 0]);
  });

  it('removes only the mean with an inner radius of 0.5', () => {
    const band = { ...all, inner: 0.5, edges: 'ideal' } as const;
    expect(bandGain(band, 0)).toBe(0);
    expect(bandGain(band, 1)).toBe(1);
  });

  it('passes only the mean with an outer radius of 0', () => {
    const band = { inner: 0, outer: 0, edges: 'ideal' } as const;
    expect([0, 1, 2].map((squared) => bandGain(band, squared))).toEqual([1, 0, 0]);
  });
});

describe('a Gaussian band', () => {
  it('is exp(-1/2) at the cut-off of a low-pass, and 1 minus that for a high-pass', () => {
    expect(bandGain({ ...all, outer: 7, edges: 'gaussian' }, 49)).toBeCloseTo(Math.exp(-0.5), 15);
    expect(bandGain({ ...all, inner: 7, edges: 'gaussian' }, 49)).toBeCloseTo(1 - Math.exp(-0.5), 15);
  });

  it('is the product of the two if it has both ends', () => {
    // Low-pass exp(-16 / 32), high-pass 1 - exp(-16 / 8).
    const gain = bandGain({ inner: 2, outer: 4, edges: 'gaussian' }, 16);
    expect(gain).toBeCloseTo(Math.exp(-0.5) * (1 - Math.exp(-2)), 15);
  });

  it('removes the mean with any inner radius, and passes only the mean with an outer radius of 0', () => {
    expect(bandGain({ ...all, inner: 0.1, edges: 'gaussian' }, 0)).toBe(0);
    expect([0, 1].map((squared) => bandGain({ inner: 0, outer: 0, edges: 'gaussian' }, squared))).toEqual([
      1, 0,
    ]);
  });

  it('is below half a float32 step of 1 beyond its reach', () => {
    const reach = lowPassReach(3, 'gaussian');
    expect(bandGain({ ...all, outer: 3, edges: 'gaussian' }, reach ** 2)).toBeLessThan(2 ** -24);
  });
});

describe('gains of an image', () => {
  for (const edges of ['ideal', 'gaussian'] as const) {
    it(`are all 1 if a band with ${edges} edges removes nothing`, () => {
      const gains = new Float64Array(9);
      fillGains(gains, 4, { ...all, edges });
      expect(Array.from(gains)).toEqual(Array(9).fill(1));
    });
  }

  it('are indexed by |u| and |v| up to the corner', () => {
    const gains = new Float64Array(9);
    fillGains(gains, 4, { inner: 1, outer: 2, edges: 'ideal' });
    // Radii 0, 1, 2; 1, sqrt 2, sqrt 5; 2, sqrt 5, sqrt 8.
    expect(Array.from(gains)).toEqual([0, 1, 1, 1, 1, 0, 1, 0, 0]);
    expect(cornerRadius(4)).toBeCloseTo(Math.sqrt(8), 15);
  });
});
