/** Bands of radii: the mean alone, then octaves up to the corner of the spectrum. */
import { radiusCount } from './radial-power.ts';

/** Radii `from` to `to`, inclusive. */
export interface RadiusBand {
  readonly from: number;
  readonly to: number;
}

/** Number of octaves up to half the sampling frequency, before the corner band. */
const octaves = 4;

/**
 * Six bands that cover all radii of a side: 0; 1 to below S/16; the octaves from S/16, S/8 and S/4; and S/2 to the corner.
 * As fractions of the sampling frequency they are the same at every side.
 * @param side S, a power of two of at least 32, in pixels
 */
export const octaveBands = (side: number): readonly RadiusBand[] => {
  const edges = [
    0,
    1,
    ...Array.from({ length: octaves }, (_, i) => side / 2 ** (octaves - i)),
    radiusCount(side),
  ];
  return edges.slice(1).map((end, i) => ({ from: edges[i]!, to: end - 1 }));
};

/** Power of a band: the sum over its radii. */
export const bandPower = (power: ArrayLike<number>, { from, to }: RadiusBand): number => {
  let sum = 0;
  for (let radius = from; radius <= to; radius++) sum += power[radius]!;
  return sum;
};
