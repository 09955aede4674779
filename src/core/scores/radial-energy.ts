/** The residual's energy by radius: what the chart of the spectral bias is drawn from. */
import { createRadialProfiler, type RadialProfiler } from '../spectrum/radial-profile.ts';
import { channels, readResidual } from './residual-planes.ts';

/** Radial energies of images of one side, one after the other. */
export interface ResidualProfiler {
  /** The definition of the radii and the way from energies to mean power (with `planes` = 3 an image). */
  readonly profiler: RadialProfiler;
  /**
   * Adds the energy of an image's residual x - y at each whole radius, summed over channels.
   * @param input RGB bytes, [S, S, 3], 0 to 255
   * @param reconstruction RGB, [S, S, 3], in [0, 1]
   * @param energies added to, as long as `profiler.counts`
   */
  addEnergies(input: Uint8Array, reconstruction: Float32Array, energies: Float64Array): void;
}

/**
 * Prepares the profiles of residuals of one side.
 * @throws RangeError where the side is no power of two of at least 2
 */
export const createResidualProfiler = (side: number): ResidualProfiler => {
  const profiler = createRadialProfiler(side);
  const residual = new Float64Array(side * side);
  return {
    profiler,
    addEnergies: (input, reconstruction, energies) => {
      for (let channel = 0; channel < channels; channel++) {
        readResidual(input, reconstruction, channel, residual);
        profiler.addEnergies(residual, energies);
      }
    },
  };
};
