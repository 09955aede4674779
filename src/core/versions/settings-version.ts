/** The version of all stored settings, and the migration of data from older versions. */
import type { RunConfig } from '../config.ts';
import { type ErrorCode, ResiduaError } from '../errors.ts';
import { evaluationSettingNames } from '../evaluation-settings.ts';
import { excerpt } from '../excerpt.ts';

/**
 * Version of retained runs, exported runs, stored tables, links and settings files. It rises with each release that adds a
 * setting, changes a preset, or writes a history that an older page cannot read.
 */
export const settingsVersion = 4;

type Stored = Readonly<Record<string, unknown>>;

const isStored = (value: unknown): value is Stored =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The settings that each version added, with the values that reproduce earlier runs. Some runs of version 1 lack the
 * settings of losses and weights, which were constants then.
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
  { version: 3, values: { nonFiniteStep: 'stop' } },
  { version: 4, values: { fit: 'squeeze' } },
];

const addedSince = (version: number): Partial<RunConfig> =>
  Object.assign({}, ...addedSettings.filter((added) => version < added.version).map(({ values }) => values));

/**
 * Checks the version of stored data. Call it before reading anything else: a newer version may have changed the rest.
 * @param subject of the error's sentence, such as `The file model.json`
 * @param remedy for a newer version
 * @returns 1 to `settingsVersion`
 * @throws ResiduaError of this code if the version is newer or invalid
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
      `${subject} has version ${excerpt(JSON.stringify(version) ?? 'none')}, expected a whole number from 1 to ${settingsVersion}.`,
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
 * Adds the settings that later versions introduced.
 * @param settings all settings or some, unchecked
 * @param version the version that wrote them
 * @returns settings for `parseRunConfig` to check; a value that is not an object is returned unchanged
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
 * Adds the evaluation settings that later versions introduced to each evaluation of a stored history.
 * `steps` need no change: without the column `objective`, each step minimized its `loss`.
 * @param history an unchecked object with `evaluations`, and `steps` as columns
 * @param version the version that wrote it
 * @returns the history for a schema to check; any other value is returned unchanged
 */
export const migrateHistory = <T>(history: T, version: number): T => {
  if (!isStored(history) || !Array.isArray(history['evaluations'])) return history;
  return {
    ...history,
    evaluations: history['evaluations'].map((evaluation) => migrateEvaluation(evaluation, version)),
  };
};
