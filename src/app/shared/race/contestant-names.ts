/** The names of a race's contestants: the settings in which they differ. */
import { compositeShares, type RunConfig } from '#core/config.ts';
import { evaluationSettingNames } from '#core/evaluation-settings.ts';
import { lossLabels, settingLabel } from '../labels.ts';
import { usesLoss } from '../uses-loss.ts';

/** Settings that do not change the trained weights, or only change how they are computed. */
const besidesTraining: readonly (keyof RunConfig)[] = [
  ...evaluationSettingNames,
  'evaluateEvery',
  'memoryBudgetMB',
  'microBatch',
];

const composite: readonly (keyof RunConfig)[] = Object.values(compositeShares);
const ofWeight: readonly (keyof RunConfig)[] = ['weight', 'dcWeight', 'curriculum'];
const ofAdaptive: readonly (keyof RunConfig)[] = ['weightGamma', 'weightEpsilon'];

/** Whether a setting changes what a run of this config learns. */
export const affectsTraining = (config: RunConfig, key: keyof RunConfig): boolean => {
  if (besidesTraining.includes(key)) return false;
  if (key === 'focalAlpha') return usesLoss(config, 'focal-frequency');
  if (key.startsWith('ssim')) return usesLoss(config, 'ssim');
  if (composite.includes(key)) return config.loss === 'composite';
  const weighted = usesLoss(config, 'wfdl');
  if (ofWeight.includes(key)) return weighted;
  if (key === 'weightPower') return weighted && config.weight === 'power';
  if (key === 'weightCurve') return weighted && config.weight === 'curve';
  if (ofAdaptive.includes(key)) return weighted && config.weight.startsWith('adaptive');
  return true;
};

/** The trained settings in which some of these configs differ, in the order of the config; the loss first. */
export const differingTraining = (configs: readonly RunConfig[]): readonly (keyof RunConfig)[] => {
  const [first] = configs;
  if (!first) return [];
  return (Object.keys(first) as (keyof RunConfig)[]).filter(
    (key) =>
      configs.some((config) => config[key] !== first[key]) &&
      configs.some((config) => affectsTraining(config, key)),
  );
};

const initialWeights = { pytorch: 'PyTorch weights', 'he-normal': 'He weights' } as const;

/** One setting in a name, as short as it is clear: `WFDL`, `width × 0.5`, `no curriculum`. */
export const settingInName = (config: RunConfig, key: keyof RunConfig): string => {
  switch (key) {
    case 'loss':
      return lossLabels[config.loss];
    case 'width':
      return `width × ${config.width}`;
    case 'initialisation':
      return initialWeights[config.initialisation];
    case 'learningRate':
      return `rate ${config.learningRate}`;
    case 'schedule':
      return `${config.schedule} rate`;
    case 'curriculum':
      return config.curriculum === 0 ? 'no curriculum' : `curriculum ${config.curriculum}`;
    case 'weight':
      return `${config.weight} weight`;
    default:
      return `${settingLabel(key)} ${config[key]}`;
  }
};

/**
 * Names runs by what differs between them: `L2` and `WFDL`, or `WFDL, width × 0.5`. A setting that a run does not use is
 * not in its name. Equal names get a number.
 */
export const contestantNames = (configs: readonly RunConfig[]): readonly string[] => {
  const keys = differingTraining(configs);
  const names = configs.map((config) =>
    keys
      .filter((key) => affectsTraining(config, key))
      .map((key) => settingInName(config, key))
      .join(', '),
  );
  const filled = names.map((name, place) => name || lossLabels[configs[place]!.loss]);
  return filled.map((name, place) => {
    const before = filled.slice(0, place).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
};
