/** The hints of the race's panels and controls. */
import type { HintContent } from '../ui/Hint.tsx';

export const raceHints = {
  image: { text: 'All contestants on one image: reconstruction, residual and spectra on common scales.' },
  maps: { text: 'Opens the page Spectrum: maps of the contestants side by side, and their ratio.' },
  single: { text: 'The image bench of the first contestant alone.' },
  truth: { text: 'The input with the edge of the ground truth, if the image has a mask.' },
  residual: {
    text: 'The map of the score for this contestant. All contestants have one square-root color scale.',
  },
  reconstructionSpectrum: {
    text: 'Spectrum of the reconstruction, on the scale of the input’s spectrum.',
    equation: 'logMagnitudeOfReconstruction',
  },
  ratio: {
    text: 'How much of each frequency the reconstruction has. Blue: missing. White: as in the input. Red: invented. The scale ends at factors of 7.4.',
    equation: 'spectralRatio',
  },
  decision: {
    text: 'The decision at each contestant’s own F1-max threshold on the test images: an upper bound, but the same for all.',
  },
  radial: {
    text: 'Power of the residual relative to the image, at each radius of this image. 1: nothing is learned. Below 1: learned.',
    equation: 'relativeResidual',
  },
} as const satisfies Record<string, HintContent>;
