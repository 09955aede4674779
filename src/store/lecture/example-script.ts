/** A script on the bundled pair: what the spectrum of WFDL shows, from its fourth to its last epoch. */
import type { LectureStep } from './state.ts';

const path = 'test/scratch/000.png';
const [early, last] = [4, 80];

export const exampleScript: readonly LectureStep[] = [
  {
    page: 'bench',
    panels: ['input', 'reconstruction'],
    path,
    epoch: early,
    caption:
      'WFDL after 4 epochs: the coarse shapes are there. Fine detail is missing, with noise in its place.',
  },
  {
    page: 'bench',
    panels: ['spectrum-input', 'spectrum-reconstruction'],
    path,
    epoch: early,
    caption:
      'The same two images as spectra: coarse frequencies in the center, fine ones at the rim. The reconstruction is dark where it lacks a frequency.',
  },
  {
    page: 'bench',
    panels: ['spectrum-input', 'spectrum-reconstruction'],
    path,
    epoch: last,
    caption: 'After 80 epochs the bright part has grown outward: the model learns finer frequencies later.',
  },
  {
    page: 'bench',
    panels: ['weight', 'spectrum-difference'],
    path,
    epoch: last,
    caption:
      'Left: the weight w(u, v) of each frequency’s error in WFDL. It grows with the radius, because fine detail has little power. Right: the error that is left.',
  },
  {
    page: 'spectrum',
    panels: ['residual-power-by-frequency'],
    path,
    epoch: last,
    caption:
      'Residual over image power by radius; 1 means nothing is learned. Beyond 8 cycles WFDL leaves less than L2. Of the coarsest frequencies, L2 leaves less.',
  },
  {
    page: 'bench',
    panels: ['overlay', 'residual'],
    path,
    epoch: last,
    caption:
      'The residual is largest at the scratch, which the model cannot rebuild. The score is computed from it.',
  },
];
