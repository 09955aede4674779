/** Bands of radii sqrt(u^2 + v^2) of signed frequency: which frequencies of a half spectrum lie in one. */
import { signedFrequency } from '../spectrum/signed-frequency.ts';

/** Columns u of one row v of a half spectrum that lie in a band: `from` <= u < `to`; none where the two are equal. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
}

/** Radius of frequency (u, v): the exact root, correctly rounded, so that a band's end that is a radius is met. */
export const frequencyRadius = (u: number, v: number, side: number): number => {
  const [signedU, signedV] = [signedFrequency(u, side), signedFrequency(v, side)];
  return Math.sqrt(signedU * signedU + signedV * signedV);
};

/** Radius of u = v = -side / 2, the largest. */
export const largestRadius = (side: number): number => frequencyRadius(side / 2, side / 2, side);

/** The columns u = 0 .. side / 2 of row v whose radius is in [low, high]. */
export const columnsInBand = (side: number, v: number, low: number, high: number): ColumnRange => {
  let from = 0;
  while (from <= side / 2 && frequencyRadius(from, v, side) < low) from++;
  let to = from;
  while (to <= side / 2 && frequencyRadius(to, v, side) <= high) to++;
  return { from, to };
};

/** Whether any frequency of a [side, side] image has a radius in [low, high]. */
export const holdsFrequency = (side: number, low: number, high: number): boolean => {
  for (let v = 0; v <= side / 2; v++) {
    const { from, to } = columnsInBand(side, v, low, high);
    if (to > from) return true;
  }
  return false;
};
