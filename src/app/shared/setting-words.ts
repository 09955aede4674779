/** Any setting of a run as a column and a cell. */
import type { RunConfig } from '#core/config.ts';
import { lossLabels } from './loss-labels.ts';

/** `learningRate` as `learning rate`, `memoryBudgetMB` as `memory budget MB`, `ssimK1` as `ssim K1`. */
export const settingLabel = (key: string): string =>
  key
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .split(' ')
    .map((word) => (/^[A-Z][A-Z0-9]+$/.test(word) ? word : word.toLowerCase()))
    .join(' ');

export const settingValue = (config: RunConfig, key: keyof RunConfig): string => {
  if (key === 'loss') return lossLabels[config.loss];
  const value: unknown = config[key];
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value);
};
