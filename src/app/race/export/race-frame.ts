/** What a figure or film of a race needs beside its moments: common scales and axes, and the words around them. */
import { largest } from '../../image/paint.ts';
import { powerAxis, radialAxis, radialCurve } from '../picture/radial-curves.ts';
import type { RaceFrame } from './race-figure.ts';
import type { RaceMoment } from './race-moment.ts';

/**
 * One frame for all moments: scales do not jump within a film.
 * @param residualUpper of the page's residual maps; a film keeps it for all its epochs
 */
export const raceFrame = (
  moments: readonly RaceMoment[],
  words: Pick<RaceFrame, 'category' | 'note' | 'sentences'>,
  residualUpper: number | undefined,
): RaceFrame => {
  const views = moments.flatMap(({ contestants }) => contestants.map(({ view }) => view));
  const [first] = moments;
  return {
    ...words,
    residualUpper: residualUpper ?? Math.max(0, ...views.map(({ output }) => largest(output.residual))),
    spectrumUpper: first ? largest(first.input.inputSpectrum) : 1,
    calibrated: views.some(({ output }) => output.calibrated),
    abscissa: radialAxis(first?.input.side ?? 32),
    ordinate: powerAxis(views.map(radialCurve)),
  };
};
