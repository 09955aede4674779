/** Finds the frequencies of a half spectrum in a band of radii sqrt(u^2 + v^2), with signed u and v. */
import { signedFrequency } from '../spectrum/signed-frequency.ts';

/** Columns u of one row v of a half spectrum that lie in a band: `from` <= u < `to`; none if the two are equal. */
export interface ColumnRange {
  readonly from: number;
  readonly to: number;
}

/** Radius of frequency (u, v). The square root is correctly rounded, so a band's end can equal a radius exactly. */
export const frequencyRadius = (u: number, v: number, side: number): number => {
  const [signedU, signedV] = [signedFrequency(u, side), signedFrequency(v, side)];
  return Math.sqrt(signedU * signedU + signedV * signedV);
};

/** The largest radius, that of u = v = -side / 2. */
export const largestRadius = (side: number): number => frequencyRadius(side / 2, side / 2, side);

/** The columns u = 0 to side / 2 of row v with a radius in [low, high]. */
export const columnsInBand = (side: number, v: number, low: number, high: number): ColumnRange => {
  let from = 0;
  while (from <= side / 2 && frequencyRadius(from, v, side) < low) from++;
  let to = from;
  while (to <= side / 2 && frequencyRadius(to, v, side) <= high) to++;
  return { from, to };
};

/** The setting of a band without frequencies, and the expectation; the end of "The setting ... is ...: ". */
export interface BandFault {
  readonly setting: 'bandLow' | 'bandHigh';
  readonly value: number;
  readonly expectation: string;
}

/** Whether any frequency of a [side, side] image has a radius in [low, high]. */
export const holdsFrequency = (side: number, low: number, high: number): boolean => {
  for (let v = 0; v <= side / 2; v++) {
    const { from, to } = columnsInBand(side, v, low, high);
    if (to > from) return true;
  }
  return false;
};

/** The fault of a band without frequencies at a side, which leaves no residual to score; undefined if it has some. */
export const bandFault = (side: number, low: number, high: number): BandFault | undefined => {
  if (!(high >= low)) {
    return { setting: 'bandHigh', value: high, expectation: `must be at least bandLow, ${low}` };
  }
  if (holdsFrequency(side, low, high)) return undefined;
  const largest = Math.floor(100 * largestRadius(side)) / 100;
  const expectation =
    low > largest
      ? `must be at most ${largest}, the largest radius at side ${side} (lower it, or choose a larger side)`
      : `no frequency of a ${side}x${side} image has a radius from it to bandHigh, ${high} (widen the band)`;
  return { setting: 'bandLow', value: low, expectation };
};
