/** Three bands of radius with names, for texts and pictures: the mean is in none of them. */
import type { RadiusBand } from './octave-bands.ts';
import { radiusCount } from './radial-power.ts';

export type BandWord = 'coarse' | 'medium' | 'fine';

export interface NamedBand extends RadiusBand {
  readonly name: BandWord;
}

/**
 * Coarse: radii 1 to below S/16, periods above 16 px. Medium: to below S/4, periods above 4 px. Fine: the rest.
 * They join the octaves of `octaveBands`.
 * @param side S, a power of two of at least 32, in pixels
 */
export const namedBands = (side: number): readonly NamedBand[] => [
  { name: 'coarse', from: 1, to: side / 16 - 1 },
  { name: 'medium', from: side / 16, to: side / 4 - 1 },
  { name: 'fine', from: side / 4, to: radiusCount(side) - 1 },
];

/** The periods of each band, in words. */
export const bandPeriods: Readonly<Record<BandWord, string>> = {
  coarse: 'periods above 16 px',
  medium: 'periods of 4 to 16 px',
  fine: 'periods up to 4 px',
};
