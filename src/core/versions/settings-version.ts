/** The version of everything that holds settings, and the migration of everything that an older version wrote. */
import type { RunConfig } from '../config.ts';
import { type ErrorCode, ResiduaError } from '../errors.ts';
import { evaluationSettingNames } from '../evaluation-settings.ts';

/**
 * Version of kept runs, exported runs, kept tables, links and settings files. It rises with each release that adds a setting,
 * changes a preset, or writes a history that an older page cannot read.
 */
export const settingsVersion = 2;

type Stored = Readonly<Record<string, unknown>>;

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The settings that each version added, with the values that reproduce the runs before it. Some runs of version 1 lack the
 * settings of losses and weights; these have the constants of that time.
 */
const addedSettings: readonly { readonly version: number; readonly values: Partial<RunConfig> }[] = [
  {
    version: 2,
    values: {
      ssimWindow: 11,
      ssimSigma: 1.5,
      ssimK1: 0.01,
      ssimK2: 0.03,
      focalAlpha: 1,
      compositeL2: 1,
      compositeSsim: 0,
      compositeFrequency: 0,
      compositeWfdl: 0,
      compositeFocalFrequency: 1,
      weightPower: 1,
      weightGamma: 1,
      weightEpsilon: 1e-3,
      weightCurve: '0:0,0.5:0.5,1:1',
      curriculum: 0,
      schedule: 'constant',
      initialisation: 'he-normal',
      holdOutPercent: 0,
      residual: 'raw',
      calibrationPooling: 0.1,
      calibrationBands: 'on',
    },
  },
];

const addedSince = (version: number): Partial<RunConfig> =>
  Object.assign({}, ...addedSettings.filter((added) => version < added.version).map(({ values }) => values));

/**
 * The version of stored data. Read it before anything else of the data, which a newer version may have changed.
 * @param subject of the sentence: `The file model.json`
 * @param remedy for a newer version
 * @returns 1 to `settingsVersion`
 * @throws ResiduaError of this code if the version is newer or is none
 */
export const readVersion = (
  version: unknown,
  subject: string,
  code: ErrorCode,
  remedy = 'Update Residua: reload its page, or get the latest release.',
): number => {
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new ResiduaError(
      code,
      `${subject} has version ${JSON.stringify(version)}, expected a whole number from 1 to ${settingsVersion}.`,
      'Write it again with Residua.',
    );
  }
  if (version > settingsVersion) {
    throw new ResiduaError(
      code,
      `${subject} was written by a newer version of Residua (version ${version}; this one reads up to ${settingsVersion}).`,
      remedy,
    );
  }
  return version;
};

/**
 * Settings with those that later versions added.
 * @param settings all settings or some, unchecked
 * @param version that wrote them
 * @returns settings for `parseRunConfig` to check; a value that is no object comes back as it is
 */
export const migrateSettings = <T>(settings: T, version: number): T =>
  isStored(settings) ? { ...addedSince(version), ...settings } : settings;

const migrateEvaluation = (evaluation: unknown, version: number): unknown => {
  if (!isStored(evaluation)) return evaluation;
  const added = addedSince(version);
  const missing = evaluationSettingNames.filter((name) => name in added).map((name) => [name, added[name]]);
  return { ...Object.fromEntries(missing), ...evaluation };
};

/**
 * A stored history whose evaluations have the evaluation settings that later versions added.
 * `steps` need nothing: without the column `objective`, each step minimized its `loss`.
 * @param history an object that has `steps` as columns and `evaluations`, unchecked
 * @param version that wrote it
 * @returns the same for a schema to check; a value that is no such object comes back as it is
 */
export const migrateHistory = <T>(history: T, version: number): T => {
  if (!isStored(history) || !Array.isArray(history['evaluations'])) return history;
  return {
    ...history,
    evaluations: history['evaluations'].map((evaluation) => migrateEvaluation(evaluation, version)),
  };
};
