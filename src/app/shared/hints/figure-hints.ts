/** What the pictures show, and what the controls of the figures do, each in a sentence and its equation. */
import type { HintContent } from '../../ui/Hint.tsx';
import { tex } from '../../ui/tex.ts';
import { equations } from '../equations/equations.ts';

const reconstruction = tex`\hat{f}`;
const residual = tex`\sum_c \squaredResidual`;
const spectrum = tex`\log(1 + \abs{F})`;
const upTo = tex`r \le c`;

export const panelHints = {
  input: { text: 'The image f as the model sees it: resized to the side of the run, values from 0 to 1.' },
  reconstruction: {
    text: 'What the autoencoder makes of the image, by the weights of the epoch beside it.',
    equation: reconstruction,
  },
  meanImage: {
    text: 'The mean of the good training images, in place of a reconstruction: it takes no network.',
    equation: reconstruction,
  },
  residual: {
    text: 'Squared difference of input and reconstruction, summed over the channels c: the summand of Eq. 9. Colors follow its root.',
    equation: residual,
  },
  calibratedResidual: {
    text: 'Squared distance of each pixel’s residual from those that good training images leave there, in units of their own spread. Colors follow its root.',
    equation: equations.calibrated,
  },
  leftOverMean: {
    text: 'What good parts leave over: mean of reconstruction minus input over the good training images, after the score’s band: red where good parts come back too bright, blue where too dark.',
  },
  leftOverDeviation: {
    text: 'Standard deviation of what good parts leave over at each pixel: how much they vary there beyond what the model follows.',
  },
  overlay: { text: 'The residual, or the ground truth, over the input; chosen above the panels.' },
  compare: { text: 'The input left of the line, the reconstruction right of it.' },
  inputSpectrum: {
    text: 'Magnitude of the input’s spectrum, mean of the channels, zero frequency in the center.',
    equation: spectrum,
  },
  reconstructionSpectrum: {
    text: 'The same of the reconstruction, in the colors of the input: what it lacks is dark here.',
    equation: tex`\log(1 + \abs{\hat{F}})`,
  },
  difference: {
    text: 'Magnitude of the spectra’s difference: what the loss sees of each frequency.',
    equation: tex`\log(1 + \abs{F - \hat{F}})`,
  },
  filteredImage: { text: 'What the band leaves of the image: all frequencies outside it are taken out.' },
  filteredResidual: {
    text: 'Squared difference of the image and its filtered version, summed over the channels c.',
    equation: residual,
  },
  filteredSpectrum: {
    text: 'Magnitude of what the band leaves, in the colors of the spectrum.',
    equation: spectrum,
  },
} as const satisfies Record<string, HintContent>;

export const figureHints = {
  filter: { text: 'Fig. 1 of the paper: low-, high- and band-pass of an image.' },
  comparison: { text: 'Figs. 2, 4 and 5 of the paper: one image across losses.' },
  commonScale: { text: 'Colors of residuals may be compared between rows: one upper end for all.' },
  ownScales: { text: 'Each residual up to its own largest value: shapes are seen, sizes are not.' },
  fromDataset: { text: 'The image that the gallery has chosen, as the model sees it.' },
  fromFile: { text: 'Any image of this machine. It is not uploaded.' },
  crop: { text: 'The middle square of the image.' },
  squeeze: { text: 'All of it, squeezed to a square as training images are.' },
  lowPass: { text: 'Keeps the radii r up to the outer cut-off c: shapes without edges.', equation: upTo },
  highPass: {
    text: 'Keeps the radii r from the inner cut-off c on: edges and textures.',
    equation: tex`c \le r`,
  },
  bandPass: { text: 'Keeps the radii r between the two cut-offs.', equation: tex`a \le r \le b` },
  innerRadius: {
    text: 'Inner cut-off a, in cycles per image: lower frequencies are taken out. 0.5 takes out the mean alone.',
    equation: tex`a \le r`,
  },
  outerRadius: {
    text: 'Outer cut-off b, in cycles per image: higher frequencies are taken out.',
    equation: tex`r \le b`,
  },
  ideal: { text: 'All of a frequency or nothing of it, as in Fig. 1. Edges ring.', equation: upTo },
  gaussian: {
    text: 'Fades out with the radius r without ringing; 0.61 is left at the cut-off c.',
    equation: tex`e^{-r^2 / 2c^2}`,
  },
  contrast: {
    text: 'Pictures without their mean lie around 0, which is drawn as mid gray; this factor k makes faint edges visible.',
    equation: tex`\frac{1}{2} + k f_{\mathrm{band}}`,
  },
} as const satisfies Record<string, HintContent>;
