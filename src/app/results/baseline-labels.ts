/** What the page calls the baselines. */
import type { BaselineName } from '#core/baselines/baseline-names.ts';

export const baselineLabels: Readonly<Record<BaselineName, string>> = {
  brightness: 'brightness',
  contrast: 'contrast',
  'gradient-energy': 'gradient energy',
  'high-frequency-energy': 'high frequencies',
  'mean-image': 'mean image',
  'variation-model': 'variation model',
};
