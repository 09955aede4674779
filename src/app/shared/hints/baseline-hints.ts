/** What the baselines are, in a sentence and their equation. */
import type { BaselineName } from '#core/baselines/baseline-names.ts';
import type { HintContent } from '../../ui/Hint.tsx';
import { tex } from '../../ui/tex.ts';

export const baselineHints = {
  brightness: {
    text: 'Mean value of the image. It knows nothing of defects: far from 0.5, the classes differ in their light.',
  },
  contrast: {
    text: 'Sum of squares after each channel’s mean is taken out.',
    equation: tex`\sum_p (x - \bar{x})^2`,
  },
  'gradient-energy': {
    text: 'Sum of squared differences of neighboring pixels: edges and texture.',
    equation: tex`\sum_p \abs{\nabla x}^2`,
  },
  'high-frequency-energy': {
    text: 'Sum of the spectrum’s magnitude at radii above a quarter of the side S: noise and the finest texture.',
    equation: tex`\sum_{r > S/4} \abs{F}`,
  },
  'mean-image': {
    text: 'The present score and band, with the mean of the good training images in place of the reconstruction.',
    equation: tex`\hat{f} = \bar{x}_{\mathrm{good}}`,
  },
  'variation-model': {
    text: 'The same difference in units of the spread that good training images have at each pixel. A trained network has to beat this.',
  },
} as const satisfies Readonly<Record<BaselineName, HintContent>>;
