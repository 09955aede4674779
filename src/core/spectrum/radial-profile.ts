/** A spectrum by radius: how much energy and mean power lie at each whole radius of signed frequency. */
import { createRealFft2 } from './fast-fft.ts';

/** Radial profiles of real planes of one side. */
export interface RadialProfiler {
  readonly side: number;
  /**
   * Number of frequencies (u, v) at each radius: entry k counts those with k - 0.5 <= sqrt(u^2 + v^2) < k + 0.5, u and v
   * signed, in [-side / 2, side / 2). Entry 0 is the zero frequency alone, and the last one holds the corner.
   */
  readonly counts: Float64Array;
  /**
   * Adds a plane's energy at each radius: sum over these frequencies of |F(u, v)|^2 / side^2, F as in Eq. 2. Over all
   * radii that is the sum of the plane's squares (Parseval), and over those from k on it is the energy of the band
   * with low cut-off k - 0.5.
   * @param plane [side, side] row-major
   * @param energies added to, as long as `counts`
   */
  addEnergies(plane: Float64Array, energies: Float64Array): void;
  /**
   * Mean power at each radius: the energies over the number of frequencies that they were summed from.
   * @param energies of `planes` planes
   */
  meanPower(energies: Float64Array, planes: number): Float64Array;
}

/**
 * Prepares profiles of planes of one side. No frequency lies on a bin's edge: r^2 is whole, (k + 0.5)^2 never.
 * @param side a power of two, at least 2
 * @throws RangeError where the side is none
 */
export const createRadialProfiler = (side: number): RadialProfiler => {
  const fft = createRealFft2(side);
  const { allColumns, rowOfFrequency, real, imaginary } = fft;
  const half = side / 2;
  const radii = Math.round(Math.hypot(half, half)) + 1;
  const counts = new Float64Array(radii);
  const radiusAt = new Uint16Array(side * allColumns);
  // Columns between the first and the last stand for their mirror images too.
  const multiplicity = (u: number): number => (u === 0 || u === half ? 1 : 2);
  for (let v = 0; v < side; v++) {
    const signed = v < half ? v : v - side;
    for (let u = 0; u < allColumns; u++) {
      const radius = Math.round(Math.sqrt(u * u + signed * signed));
      radiusAt[rowOfFrequency[v] * allColumns + u] = radius;
      counts[radius] += multiplicity(u);
    }
  }
  return {
    side,
    counts,
    addEnergies: (plane, energies) => {
      fft.load(plane);
      fft.forward(allColumns);
      for (let row = 0, at = 0; row < side; row++) {
        for (let u = 0; u < allColumns; u++, at++) {
          const power = real[at] * real[at] + imaginary[at] * imaginary[at];
          energies[radiusAt[at]] += (multiplicity(u) * power) / (side * side);
        }
      }
    },
    meanPower: (energies, planes) =>
      energies.map((energy, radius) => (energy * side * side) / (planes * counts[radius])),
  };
};
