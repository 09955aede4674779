/** The hints of the baselines, with an equation if one exists. */
import type { BaselineName } from '#core/baselines/baseline-names.ts';
import type { HintContent } from '../../ui/Hint.tsx';

export const baselineHints = {
  brightness: {
    text: 'Mean value of the image. It does not depend on defects: an AUROC far from 0.5 means that the lighting of the classes differs.',
  },
  contrast: {
    text: 'Sum of squares after each channel’s mean is removed.',
    equation: 'imageContrast',
  },
  'gradient-energy': {
    text: 'Sum of the squared differences of neighboring pixels: edges and texture.',
    equation: 'gradientEnergy',
  },
  'high-frequency-energy': {
    text: 'Sum of the spectrum’s magnitude above radius S/4, for side S: noise and the finest texture.',
    equation: 'highFrequencyEnergy',
  },
  'mean-image': {
    text: 'The current score and band, with the mean of the good training images instead of a reconstruction.',
    equation: 'meanImage',
  },
  'variation-model': {
    text: 'The difference from the mean image, in units of the good training images’ spread at each pixel. A trained network should beat this.',
  },
} as const satisfies Readonly<Record<BaselineName, HintContent>>;
