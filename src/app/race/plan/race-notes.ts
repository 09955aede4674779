/** Notes on a planned race: what its contestants do not have in common, and settings without an effect. */
import type { RunConfig } from '#core/config.ts';
import { raceInequalities } from '#core/race.ts';
import { lossLabels } from '../../shared/labels.ts';
import { affectsTraining } from '../../shared/race/contestant-names.ts';
import type { RaceSetting } from './race-settings.ts';

const weightReasons: readonly (readonly [keyof RunConfig, string])[] = [
  [
    'width',
    'Models of different widths have different numbers of weights, so they cannot start from equal ones.',
  ],
  ['initialisation', 'Each kind of initial weights is drawn from the same seed, but its values differ.'],
  ['seed', 'Another seed draws other initial weights, other batches and other held-out images.'],
];

const batchReasons: readonly (readonly [keyof RunConfig, string])[] = [
  ['batch', 'Different batch sizes give different batches, and different numbers of steps per epoch.'],
];

/**
 * Sentences about the fairness of a race.
 * @param configs of all contestants
 * @param ticked the settings in which they may differ
 */
export const raceNotes = (
  configs: readonly RunConfig[],
  ticked: readonly RaceSetting[],
): readonly string[] => {
  const [first] = configs;
  if (!first) return [];
  const differs = (key: keyof RunConfig): boolean => configs.some((config) => config[key] !== first[key]);
  const inequalities = raceInequalities(configs);
  const reasons = [
    ...(inequalities.includes('initial-weights') ? weightReasons : []),
    ...(inequalities.includes('batches') ? batchReasons : []),
  ].flatMap(([key, reason]) => (differs(key) ? [reason] : []));
  const idle = ticked
    .filter(({ key }) => !configs.some((config) => affectsTraining(config, key)))
    .map(({ label }) => `${label} has no effect on ${lossesOf(configs)}.`);
  const equal = inequalities.length === 0 ? ['All start from equal weights and see equal batches.'] : [];
  return [...equal, ...reasons, ...idle];
};

const lossesOf = (configs: readonly RunConfig[]): string =>
  [...new Set(configs.map(({ loss }) => lossLabels[loss]))].join(' and ');
