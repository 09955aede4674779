/** The settings of compared runs: shared ones once, different ones beside each run. */
import type { RunConfig } from '#core/config.ts';
import { scoreInWords } from '../../shared/labels.ts';

const usesWeight = ({ loss, compositeWfdl }: RunConfig): boolean =>
  loss === 'wfdl' || (loss === 'composite' && compositeWfdl > 0);

/** The texts of a figure; empty if a run does not use the setting. */
const words: readonly ((config: RunConfig) => string)[] = [
  (config) => (usesWeight(config) ? `weight ${config.weight}, DC ${config.dcWeight}` : ''),
  (config) => (usesWeight(config) ? `curriculum ${config.curriculum}` : ''),
  ({ initialisation }) => `initial weights ${initialisation}`,
  ({ side }) => `side ${side}`,
  ({ width }) => `width × ${width}`,
  ({ batch }) => `batch ${batch}`,
  ({ epochs }) => `${epochs} epochs`,
  ({ learningRate }) => `learning rate ${learningRate}`,
  ({ schedule }) => `${schedule} rate`,
  ({ weightDecay }) => `weight decay ${weightDecay}`,
  ({ holdOutPercent }) => `hold-out ${holdOutPercent} %`,
  ({ seed }) => `seed ${seed}`,
  ({ batchNorm }) => `BN ${batchNorm}`,
  (config) => `score ${scoreInWords(config)}`,
];

/** Settings in which all of these runs agree. */
export const sharedSettings = (configs: readonly RunConfig[]): readonly string[] =>
  words
    .map((inWords) => [...new Set(configs.map(inWords))])
    .flatMap(([first, ...others]) => (first && others.length === 0 ? [first] : []));

/** Settings of one run that differ in at least one other run. */
export const ownSettings = (config: RunConfig, configs: readonly RunConfig[]): readonly string[] => {
  const shared = sharedSettings(configs);
  return words.map((inWords) => inWords(config)).filter((text) => text !== '' && !shared.includes(text));
};
