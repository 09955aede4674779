/** Steady scales of the spectra's panels: the same for all epochs and runs of an image. */
import { useMemo } from 'react';
import { redBlue } from '../../image/color-map.ts';
import { paintMap } from '../../image/paint.ts';
import type { PaintedMap } from '../../image/painted.ts';

/**
 * Upper end of the scale of difference spectra: the largest value of the input's spectrum besides the mean. A model that has
 * learned only the mean reaches it; the epoch and the run do not change it.
 * @param inputSpectrum log(1 + |F|), [side, side], fftshifted
 */
export const differenceUpper = (inputSpectrum: Float32Array, side: number): number => {
  const mean = (side / 2) * side + side / 2;
  let most = 0;
  for (let i = 0; i < inputSpectrum.length; i++) {
    if (i !== mean && inputSpectrum[i]! > most) most = inputSpectrum[i]!;
  }
  return most;
};

/** log((1 + |F^|) / (1 + |F|)) of two spectra log(1 + |F^|) and log(1 + |F|): the 1 keeps empty frequencies at 0. */
export const logRatio = (reconstruction: Float32Array, input: Float32Array): Float32Array =>
  reconstruction.map((value, i) => value - input[i]!);

/** The ratio's scale ends at factors of e^2, 7.4, in both directions. */
export const ratioReach = 2;

/** The ratio's picture; undefined without a reconstruction. */
export const usePaintedRatio = (
  reconstruction: Float32Array | undefined,
  input: Float32Array | undefined,
): PaintedMap | undefined =>
  useMemo(() => {
    if (!reconstruction || !input) return undefined;
    return {
      pixels: paintMap(logRatio(reconstruction, input), redBlue, -ratioReach, ratioReach),
      scale: { table: redBlue, lower: -ratioReach, middle: 0, upper: ratioReach },
    };
  }, [reconstruction, input]);
