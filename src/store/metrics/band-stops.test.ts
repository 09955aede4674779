import { describe, expect, it } from 'vitest';
import { largestBandRadius, sides } from '#core/config.ts';
import { bandFault } from '#core/scores/band.ts';
import { bandStops, nearestStop } from './band-stops.ts';

describe('bandStops', () => {
  it('starts with everything and then exactly the mean, and ends with everything', () => {
    for (const side of [32, 64, 128, 256, 512]) {
      const stops = bandStops(side);
      expect(stops.slice(0, 3)).toEqual([0, 0.5, 1.5]);
      expect(stops.at(-1)).toBe(largestBandRadius);
    }
  });

  it('ascends, with cut-offs halfway between whole radii below the largest radius', () => {
    for (const side of [32, 512]) {
      const stops = bandStops(side);
      stops.slice(1).forEach((stop, index) => {
        expect(stop).toBeGreaterThan(stops[index]!);
      });
      for (const stop of stops.slice(1, -1)) {
        expect(stop % 1).toBe(0.5);
        expect(stop).toBeLessThan(Math.SQRT2 * (side / 2) + 1);
      }
    }
  });
});

describe('two stops', () => {
  it.each(sides)('hold a frequency of side %i between them, however close they are', (side) => {
    const stops = bandStops(side);
    stops.slice(1).forEach((stop, index) => {
      expect(bandFault(side, stops[index]!, stop)).toBeUndefined();
    });
  });
});

describe('nearestStop', () => {
  it('finds a stop by its value and by nearby values', () => {
    const stops = bandStops(64);
    stops.forEach((stop, index) => {
      expect(nearestStop(stops, stop)).toBe(index);
    });
    expect(nearestStop(stops, 0.6)).toBe(1);
    expect(nearestStop(stops, 1e9)).toBe(stops.length - 1);
  });
});
