/** What it means that a statistic separates a test set, in words. */
import type { Metric } from '../history.ts';
import type { BaselineName } from './baseline-names.ts';

const phrases: Readonly<Record<BaselineName, string>> = {
  brightness: 'Mean brightness',
  contrast: 'Contrast',
  'gradient-energy': 'Gradient energy',
  'high-frequency-energy': 'High-frequency energy',
  'mean-image': 'The difference from the mean good image',
  'variation-model': 'The variation model',
};

/**
 * The notice for a baseline whose AUROC is at or beyond the limits of `separates`.
 * @param auroc defined
 */
export const separationNotice = (name: BaselineName, auroc: Metric): string => {
  const value = auroc.defined ? auroc.value.toFixed(3) : 'undefined';
  const isReference = name === 'mean-image' || name === 'variation-model';
  const meaning = isReference
    ? 'A network that reaches as much adds nothing to it.'
    : 'It knows nothing of defects, so every other figure on these images may be read off it.';
  return `${phrases[name]} alone separates this test set without training (AUROC ${value}). ${meaning}`;
};
