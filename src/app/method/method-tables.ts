/** Losses, weights and scores in words, with the flags of each for the command line. */
import type { LossName, WeightName } from '#core/config.ts';
import type { ScoreName } from '#core/scores/score-names.ts';

export interface MethodEntry<Name extends string = string> {
  /** Value of the table's flag. */
  readonly name: Name;
  readonly meaning: string;
  /** Flags that only this choice uses, without dashes. */
  readonly flags: readonly string[];
}

export const lossChoices: readonly MethodEntry<LossName>[] = [
  { name: 'l2', meaning: 'Squared error of the pixels, Eq. 1: the baseline AE(L2).', flags: [] },
  {
    name: 'ssim',
    meaning: '1 − mean SSIM in Gaussian windows: the baseline AE(SSIM).',
    flags: ['ssim-window', 'ssim-sigma', 'ssim-k1', 'ssim-k2'],
  },
  { name: 'frequency', meaning: 'Mean absolute difference of the spectra, Eq. 5.', flags: [] },
  {
    name: 'wfdl',
    meaning: 'The same, each frequency times its weight, Eq. 8: the paper.',
    flags: ['weight', 'dc-weight', 'curriculum'],
  },
  {
    name: 'focal-frequency',
    meaning: 'Squared difference of the spectra, weighted by its own size (Jiang et al., ICCV 2021).',
    flags: ['focal-alpha'],
  },
  {
    name: 'composite',
    meaning: 'A sum of these, each times a factor.',
    flags: [
      'composite-l2',
      'composite-ssim',
      'composite-frequency',
      'composite-wfdl',
      'composite-focal-frequency',
    ],
  },
];

export const weightChoices: readonly MethodEntry<WeightName>[] = [
  { name: 'radial', meaning: '√(u² + v²) of signed frequencies: Eq. 7 as the text means it.', flags: [] },
  {
    name: 'radial-literal',
    meaning: '√(u² + v²) with u, v in 0 … M − 1: Eq. 7 as printed. Not symmetric.',
    flags: [],
  },
  { name: 'uniform', meaning: '1: Eq. 5.', flags: [] },
  { name: 'power', meaning: '(u² + v²)^(p/2), p from 0 to 3.', flags: ['weight-power'] },
  {
    name: 'adaptive-dataset',
    meaning:
      'Radial over the mean spectrum of the training images to the power γ: the conclusion’s proposal.',
    flags: ['weight-gamma', 'weight-epsilon'],
  },
  {
    name: 'adaptive-batch',
    meaning: 'The same with the mean spectrum of the present batch, held constant in the gradient.',
    flags: ['weight-gamma', 'weight-epsilon'],
  },
  {
    name: 'curve',
    meaning: 'A smooth curve over the radius through points that you draw, such as 0:0,0.5:0.5,1:1.',
    flags: ['weight-curve'],
  },
];

export const scoreChoices: readonly MethodEntry<ScoreName>[] = [
  { name: 'sum', meaning: 'Squared residual, summed over pixels and channels: Eq. 9.', flags: [] },
  { name: 'mean', meaning: 'The same as a mean: comparable between sizes, the same AUROC.', flags: [] },
  {
    name: 'blurred-maximum',
    meaning:
      'Largest value of the squared residual after a Gaussian blur: small defects are not averaged away.',
    flags: ['blur-sigma'],
  },
  {
    name: 'top-share',
    meaning: 'Mean of the largest few per cent of the squared residual.',
    flags: ['top-percent'],
  },
  { name: 'ssim', meaning: '1 − SSIM between image and reconstruction, with its map.', flags: [] },
  {
    name: 'gradient',
    meaning: 'Size of the residual’s gradient: edges that are missing or new, brightness left out.',
    flags: [],
  },
  { name: 'spectral', meaning: 'Eq. 8 as a score: the weighted distance of the spectra.', flags: [] },
];

/** Flags that limit every score to a band of radii. */
export const bandFlags = ['band-low', 'band-high'] as const;
