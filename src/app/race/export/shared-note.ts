/** The settings that all contestants share, in words, for a figure. */
import type { RunConfig } from '#core/config.ts';
import { lossLabels, scoreInWords } from '../../shared/labels.ts';
import { differingTraining } from '../../shared/race/contestant-names.ts';

const words: readonly (readonly [keyof RunConfig, (config: RunConfig) => string])[] = [
  ['loss', ({ loss }) => `loss ${lossLabels[loss]}`],
  ['side', ({ side }) => `${side} px`],
  ['width', ({ width }) => `width × ${width}`],
  ['batch', ({ batch }) => `batch ${batch}`],
  ['epochs', ({ epochs }) => `${epochs} epochs`],
  ['learningRate', ({ learningRate }) => `rate ${learningRate}`],
  ['seed', ({ seed }) => `seed ${seed}`],
];

/** `32 px, width × 0.25, batch 8, 80 epochs, rate 0.003, seed 0; score: mean of the top share`. */
export const sharedNote = (configs: readonly RunConfig[]): string => {
  const [first] = configs;
  if (!first) return '';
  const differing = differingTraining(configs);
  const shared = words.filter(([key]) => !differing.includes(key)).map(([, inWords]) => inWords(first));
  return `${shared.join(', ')}; score: ${scoreInWords(first)}`;
};
