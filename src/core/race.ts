/** A race: up to three runs that train in turns on one device, with equal images, and differ in chosen settings. */
import { parseRunConfig, type RunConfig } from './config.ts';
import { ResiduaError } from './errors.ts';
import { evaluationSettingNames } from './evaluation-settings.ts';

/** The largest number of runs in a race, with the first. */
export const mostContestants = 3;

/** The settings in which a rival differs from the first run, with its values. */
export type RaceVariant = Readonly<Partial<RunConfig>>;

/** The settings that all contestants share: those of their images, their device and their evaluation. */
const sharedSettings: readonly (keyof RunConfig)[] = [
  'side',
  'fit',
  'holdOutPercent',
  'memoryBudgetMB',
  ...evaluationSettingNames,
];

/** The settings in which contestants can differ, in the order of the config. */
export const variableSettings = (config: RunConfig): readonly (keyof RunConfig)[] =>
  namesOf(config).filter((name) => !sharedSettings.includes(name));

const namesOf = (settings: RaceVariant): (keyof RunConfig)[] => Object.keys(settings) as (keyof RunConfig)[];

const refused = (problem: string, remedy: string): ResiduaError =>
  new ResiduaError('config-invalid', problem, remedy);

/** The settings in which two configs differ, with the values of the second. */
export const variantOf = (config: RunConfig, rival: RunConfig): RaceVariant =>
  Object.fromEntries(
    namesOf(config)
      .filter((name) => config[name] !== rival[name])
      .map((name) => [name, rival[name]]),
  );

/**
 * Returns the part of a change of the first run that a rival takes over: not the settings in which the rival differs.
 * @param first settings of the first run before the change
 * @param rival settings of the rival before the change
 */
export const sharedChange = <Change extends RaceVariant>(
  change: Change,
  first: RunConfig,
  rival: RunConfig,
): Partial<Change> =>
  Object.fromEntries(
    Object.entries(change).filter(
      ([name]) => first[name as keyof RunConfig] === rival[name as keyof RunConfig],
    ),
  ) as Partial<Change>;

const requireDistinct = (configs: readonly RunConfig[]): void => {
  configs.forEach((config, place) => {
    const same = configs.slice(0, place).findIndex((other) => namesOf(variantOf(other, config)).length === 0);
    if (same < 0) return;
    throw refused(
      `Contestant ${place + 1} of the race has the same settings as contestant ${same + 1}.`,
      'Let them differ in a setting, or leave one out.',
    );
  });
};

/**
 * Returns the settings of all contestants, the first run's first.
 * @param variants the settings in which each rival differs; none: no race
 * @throws ResiduaError `config-invalid` naming an invalid or shared setting, for two equal contestants, or for too many
 */
export const contestantConfigs = (
  config: RunConfig,
  variants: readonly RaceVariant[],
): readonly RunConfig[] => {
  if (variants.length >= mostContestants)
    throw refused(
      `A race has at most ${mostContestants} contestants, but ${variants.length + 1} are given.`,
      'Leave some out.',
    );
  const rivals = variants.map((variant) => {
    const shared = namesOf(variant).find(
      (name) => sharedSettings.includes(name) && variant[name] !== config[name],
    );
    if (shared !== undefined)
      throw refused(
        `The setting ${shared} is the same for all contestants of a race.`,
        'Choose another setting for them to differ in.',
      );
    return parseRunConfig({ ...config, ...variant });
  });
  const configs = [config, ...rivals];
  requireDistinct(configs);
  return configs;
};

/** What contestants do not have in common, because of the settings in which they differ. */
export type RaceInequality = 'initial-weights' | 'batches';

const initialWeightSettings: readonly (keyof RunConfig)[] = ['width', 'initialisation', 'seed'];
const batchSettings: readonly (keyof RunConfig)[] = ['batch', 'seed'];

/** Returns what these contestants do not have in common; empty if initial weights and batches are all equal. */
export const raceInequalities = (configs: readonly RunConfig[]): readonly RaceInequality[] => {
  const differ = (names: readonly (keyof RunConfig)[]): boolean =>
    configs.some((config) => names.some((name) => config[name] !== configs[0]?.[name]));
  return [
    ...(differ(initialWeightSettings) ? (['initial-weights'] as const) : []),
    ...(differ(batchSettings) ? (['batches'] as const) : []),
  ];
};
