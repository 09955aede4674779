/** Whether the losses of two runs are values of the same function, so that they can share an axis. */
import type { RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';

/** How a run minimises, how it is measured, and with how much: the value of its loss means the same whatever these are. */
const besidesObjective: readonly (keyof RunConfig)[] = [
  // Charted losses are those by the final weight, whatever the curriculum.
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

/** Whether all these settings have one objective; a setting that is not known to be beside it belongs to it. */
export const shareObjective = (configs: readonly RunConfig[]): boolean => {
  const [first] = configs;
  if (!first) return true;
  const keys = (Object.keys(first) as (keyof RunConfig)[]).filter((key) => !besidesObjective.includes(key));
  return configs.every((config) => keys.every((key) => config[key] === first[key]));
};
