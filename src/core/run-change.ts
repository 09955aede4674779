/** Changes of a run's settings while it rests between two steps. */
import * as v from 'valibot';
import type { RunConfig } from './config.ts';
import { ResiduaError } from './errors.ts';

/** The settings of the frequency weight. A training step is recorded with their values. */
export const frequencyWeightSettings = [
  'weight',
  'weightPower',
  'weightGamma',
  'weightEpsilon',
  'weightCurve',
  'dcWeight',
] as const satisfies readonly (keyof RunConfig)[];

/** The settings that a run can change without new weights: the frequency weight, the rate, the epochs and the evaluations. */
export const changeableSettings = [
  ...frequencyWeightSettings,
  'learningRate',
  'epochs',
  'evaluateEvery',
] as const satisfies readonly (keyof RunConfig)[];

export type ChangeableSetting = (typeof changeableSettings)[number];

/** Values of changeable settings. */
export type ChangeableValues = Partial<Pick<RunConfig, ChangeableSetting>>;

const settingValue = v.union([v.string(), v.pipe(v.number(), v.finite('must be finite'))]);

const runChangeSchema = v.object({
  /** Completed optimizer steps at the time of the change. */
  step: v.pipe(v.number(), v.integer('must be a whole number'), v.minValue(0, 'must be at least 0')),
  setting: v.picklist(changeableSettings),
  before: settingValue,
  after: settingValue,
});

/** The schema of all changes of a run, in order. */
export const runChangesSchema = v.pipe(v.array(runChangeSchema), v.readonly());

/** A setting of a run that changed after some of its steps. */
export type RunChange = Readonly<v.InferOutput<typeof runChangeSchema>>;

/** Whether a setting can change during a run. */
export const isChangeable = (key: string): key is ChangeableSetting =>
  changeableSettings.some((setting) => setting === key);

/** Returns the changeable settings of a config that differ from another config, with the values of the first. */
export const changedValues = (config: RunConfig, before: RunConfig): ChangeableValues =>
  Object.fromEntries(
    changeableSettings.filter((key) => config[key] !== before[key]).map((key) => [key, config[key]]),
  );

/**
 * Returns the changes of a run after further ones. Changes of one setting at one step join, and a setting that returns to its
 * value is no change. Step 0 has no changes: the whole run trains with the new values.
 * @param past earlier changes, in order
 * @param before settings of the run so far
 * @param after the new values
 * @param step completed optimizer steps
 */
export const withRunChanges = (
  past: readonly RunChange[],
  before: RunConfig,
  after: ChangeableValues,
  step: number,
): readonly RunChange[] => {
  if (step === 0) return past;
  const first = (setting: ChangeableSetting): RunChange['before'] =>
    past.find((change) => change.step === step && change.setting === setting)?.before ?? before[setting];
  const added = changeableSettings.flatMap((setting) => {
    const value = after[setting];
    return value === undefined || value === before[setting]
      ? []
      : [{ step, setting, before: first(setting), after: value }];
  });
  const kept = past.filter(
    (change) => change.step !== step || !added.some(({ setting }) => setting === change.setting),
  );
  return [...kept, ...added.filter((change) => change.before !== change.after)];
};

/** Returns the epochs that a step belongs to, including an unfinished one: the least that a run at this step can have. */
export const epochsReached = (step: number, stepsPerEpoch: number): number =>
  Math.ceil(step / Math.max(1, stepsPerEpoch));

/**
 * Checks that a run can still have this number of epochs.
 * @throws ResiduaError `config-invalid` if it has trained more
 */
export const requireEpochs = (epochs: number, step: number, stepsPerEpoch: number): void => {
  const least = epochsReached(step, stepsPerEpoch);
  if (epochs >= least) return;
  throw new ResiduaError(
    'config-invalid',
    `The setting epochs is ${epochs}, but the run has reached epoch ${least}.`,
    `Set at least ${least} epochs, or start a new run.`,
  );
};

/** A change that a link names, without its values. */
export type LinkedChange = Pick<RunChange, 'setting' | 'step'>;
