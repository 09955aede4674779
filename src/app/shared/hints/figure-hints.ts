/** The hints of panels and of the controls of the figures, with an equation if one exists. */
import type { HintContent } from '../../ui/Hint.tsx';

export const panelHints = {
  input: {
    text: 'The image f as the model sees it: resized to the run’s side, with values from 0 to 1. Point at a spectrum to see the wave of that frequency over it.',
  },
  reconstruction: {
    text: 'The autoencoder’s output, with the weights of the epoch beside it.',
    equation: 'reconstruction',
  },
  meanImage: {
    text: 'The mean of the good training images, instead of a reconstruction. It needs no network.',
    equation: 'reconstruction',
  },
  residual: {
    text: 'Squared difference of input and reconstruction, summed over the channels c: the summand of Eq. 9. Square-root color scale, which follows the test set by at most a quarter per evaluation.',
    equation: 'residual',
  },
  calibratedResidual: {
    text: 'Squared distance of each pixel’s residual from those of good training images, in units of their spread. Square-root color scale, which follows the test set by at most a quarter per evaluation.',
    equation: 'calibrated',
  },
  blurredMap: {
    text: 'The squared residual after a Gaussian blur: its maximum is the score. Square-root color scale.',
    equation: 'blurredResidual',
  },
  ssimMap: {
    text: '1 − structural similarity of input and reconstruction around each pixel, mean of the channels: 0 is equal.',
    equation: 'ssim',
  },
  gradientMap: {
    text: 'Squared difference of the gradient magnitudes of input and reconstruction, summed over the channels c: where edges differ.',
    equation: 'gradientMap',
  },
  spectralMap: {
    text: 'The residual after the frequency weight w(u, v), back in the image, squared and summed over the channels.',
    equation: 'weightedResidual',
  },
  leftOverMean: {
    text: 'Mean of reconstruction minus input over the good training images, filtered to the score’s band. Red: reconstructed too bright. Blue: too dark.',
  },
  leftOverDeviation: {
    text: 'Standard deviation of the good training images’ residuals at each pixel: their variation that the model does not reproduce.',
  },
  overlay: {
    text: 'The map of the score, such as the residual, or the ground truth over the input. Choose one above the panels.',
  },
  compare: { text: 'The input left of the divider, the reconstruction right of it.' },
  inputSpectrum: {
    text: 'Magnitude of the input’s spectrum, averaged over the channels, with the zero frequency in the center.',
    equation: 'logMagnitude',
  },
  reconstructionSpectrum: {
    text: 'The spectrum of the reconstruction, on the color scale of the input’s. Missing frequencies are dark.',
    equation: 'logMagnitudeOfReconstruction',
  },
  difference: {
    text: 'Magnitude of the difference of the spectra: the error of each frequency in the loss. One scale for all epochs: it ends at the largest |F| of the input besides the mean.',
    equation: 'logMagnitudeOfDifference',
  },
  filteredImage: { text: 'The image with only the frequencies inside the band.' },
  filteredReconstruction: { text: 'The reconstruction with only the frequencies inside the band.' },
  filteredLost: {
    text: 'Input minus reconstruction, with only the frequencies inside the band, around mid-gray: what the reconstruction lacks there. The factor is that of the contrast.',
  },
  filteredResidual: {
    text: 'Squared difference of the image and the filtered image, summed over the channels c.',
    equation: 'residual',
  },
  filteredSpectrum: {
    text: 'Magnitude of the filtered spectrum, on the color scale of the full one.',
    equation: 'logMagnitude',
  },
} as const satisfies Record<string, HintContent>;

export const figureHints = {
  filter: { text: 'Fig. 1 of the paper: an image after low-, high- and band-pass filters.' },
  comparison: { text: 'Figs. 2, 4 and 5 of the paper: one image across losses.' },
  comparisonRadial: {
    text: 'Power of the residual over power of the image at each radius. 1 means nothing has been learned at this frequency.',
    equation: 'relativeResidual',
  },
  commonScale: { text: 'One color scale for all rows: their residuals can be compared.' },
  ownScales: { text: 'One color scale per residual: it shows shapes, not sizes.' },
  fromDataset: { text: 'The image that is chosen in the gallery, as the model sees it.' },
  fromFile: { text: 'Any image on this machine. It is not uploaded.' },
  crop: { text: 'Uses the middle square of the image.' },
  squeeze: { text: 'Squeezes the whole image to a square, as training images are.' },
  lowPass: {
    text: 'Passes the radii r up to the outer cut-off c: shapes without edges.',
    equation: 'lowPass',
  },
  highPass: {
    text: 'Passes the radii r from the inner cut-off c upward: edges and textures.',
    equation: 'highPass',
  },
  bandPass: { text: 'Passes the radii r between the two cut-offs.', equation: 'bandPass' },
  innerRadius: {
    text: 'Inner cut-off a, in cycles per image. Lower frequencies are removed; 0.5 removes only the mean.',
    equation: 'innerRadius',
  },
  outerRadius: {
    text: 'Outer cut-off b, in cycles per image. Higher frequencies are removed.',
    equation: 'outerRadius',
  },
  ideal: {
    text: 'Passes or removes each frequency completely, as in Fig. 1. Edges ring.',
    equation: 'lowPass',
  },
  gaussian: {
    text: 'Attenuates gradually with the radius r, without ringing; 0.61 remains at the cut-off c.',
    equation: 'gaussianPass',
  },
  contrast: {
    text: 'Images without their mean vary around 0, which is drawn as mid-gray. The factor k makes faint edges visible.',
    equation: 'contrast',
  },
} as const satisfies Record<string, HintContent>;
