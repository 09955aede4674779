/** Whether the losses of runs are values of the same function, and can share an axis. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';

/** Settings of the optimization, the evaluation and the device: they do not change the meaning of the loss. */
const besidesObjective: readonly (keyof RunConfig)[] = [
  // Charted losses use the final frequency weight, whatever the curriculum.
  'curriculum',
  'width',
  'batch',
  'epochs',
  'learningRate',
  'schedule',
  'weightDecay',
  'initialisation',
  'holdOutPercent',
  'seed',
  'evaluateEvery',
  'memoryBudgetMB',
  'microBatch',
  ...evaluationSettingNames,
];

/** Whether all these settings have the same objective. Unlisted settings belong to the objective. */
export const shareObjective = (configs: readonly RunConfig[]): boolean => {
  const [first] = configs;
  if (!first) return true;
  const keys = (Object.keys(first) as (keyof RunConfig)[]).filter((key) => !besidesObjective.includes(key));
  return configs.every((config) => keys.every((key) => config[key] === first[key]));
};
