/** The part of an image's power that a reconstruction misses in a band of radii. */
import type { Metric } from '#core/history.ts';
import { bandGain, type RadialBand } from '#core/spectrum/radial-band.ts';

/** Radial power of an image and of its residual, from radius 0 on. */
export interface PartInBand {
  readonly input: ArrayLike<number>;
  readonly residual: ArrayLike<number>;
}

/**
 * Residual power over image power of the frequencies that a band passes, by whole radii: a radius counts with the band's gain
 * at it, squared.
 */
export const inBand = ({ input, residual }: PartInBand, band: RadialBand): Metric => {
  let image = 0;
  let lost = 0;
  for (let radius = 0; radius < input.length; radius++) {
    const gain = bandGain(band, radius * radius) ** 2;
    image += gain * input[radius]!;
    lost += gain * residual[radius]!;
  }
  return image > 0
    ? { defined: true, value: lost / image }
    : { defined: false, reason: 'the image has no power in this band' };
};

const cycles = (radius: number): string => `${radius} ${radius === 1 ? 'cycle' : 'cycles'}`;

/** `between 16 and 32 cycles`, `up to 4 cycles`, `from 4 cycles on`, `at all frequencies`. */
export const bandInWords = ({ inner, outer }: Pick<RadialBand, 'inner' | 'outer'>): string => {
  const isOpen = outer === Number.POSITIVE_INFINITY;
  if (inner === 0) return isOpen ? 'at all frequencies' : `up to ${cycles(outer)}`;
  return isOpen ? `from ${cycles(inner)} on` : `between ${inner} and ${cycles(outer)}`;
};
