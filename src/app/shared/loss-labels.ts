/** What the page calls the losses. */
import type { LossName } from '#core/config.ts';

export const lossLabels: Readonly<Record<LossName, string>> = {
  l2: 'L2',
  ssim: 'SSIM',
  frequency: 'Frequency',
  wfdl: 'WFDL',
  'focal-frequency': 'Focal',
  composite: 'Composite',
};
