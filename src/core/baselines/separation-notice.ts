/** The notice for a statistic that separates a test set. */
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
 * Returns the notice for a baseline whose AUROC passes `separates`.
 * @param auroc of the baseline; must be defined
 */
export const separationNotice = (name: BaselineName, auroc: Metric): string => {
  const value = auroc.defined ? auroc.value.toFixed(3) : 'undefined';
  const isReference = name === 'mean-image' || name === 'variation-model';
  const meaning = isReference
    ? 'A network with the same AUROC adds nothing to it.'
    : 'It knows nothing about defects, so any other figure on these images may come from it alone.';
  return `${phrases[name]} alone separates this test set without training (AUROC ${value}). ${meaning}`;
};
