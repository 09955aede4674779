/** The hints of the page Spectrum. */
import type { HintContent } from '../ui/Hint.tsx';

export const spectrumHints = {
  radial: {
    text: 'Power of the residual relative to that of the image, at each radius of frequency. 1: nothing learned. Above 1: worse than a blank image.',
    equation: 'relativeResidual',
  },
  map: {
    text: 'Residual power over image power of a few training images, by epoch and radius. White: 1, nothing learned. Blue: learned. Red: worse than a blank image. A click shows that epoch everywhere.',
    equation: 'relativeResidual',
  },
  ratioMap: {
    text: 'The first run’s relative residual divided by the second’s. Blue: the first learned more. Red: the second learned more.',
  },
  compareWith: { text: 'Draws a retained run beside this one, here and in all charts of the bench.' },
  band: { text: 'The shown image with only these frequencies, around mid-gray and with more contrast.' },
  ratio: {
    text: 'Reconstruction over input at each frequency. Blue: missing. Red: invented. White: equal, or both near 0.',
    equation: 'spectralRatio',
  },
  difference: {
    text: 'Magnitude of the difference of the spectra. One scale for all epochs and runs: it ends at the largest |F| of the input besides the mean.',
    equation: 'logMagnitudeOfDifference',
  },
} as const satisfies Record<string, HintContent>;
